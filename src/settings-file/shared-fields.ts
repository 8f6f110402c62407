import { z } from 'zod';
import { isBrokerUrl } from '../wire/broker-url.ts';

/** A name that stands in a topic or beside one, and holds nothing that means something there. */
export function topicName(description: string, example?: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .meta({
      description,
      allowed: "up to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
      ...(example !== undefined && { examples: [example] }),
    });
}

/** One node of a broker. */
export function brokerUrl() {
  return z
    .string()
    .regex(/^mqtts?:\/\/[^\s?#/]+\/?$/)
    .refine(isBrokerUrl);
}

/** Where the day begins. */
export function timeZone(description: string) {
  return z.string().refine(isTimeZone).default('UTC').meta({
    description,
    allowed: "the name of a time zone, such as 'Europe/Berlin'",
  });
}

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
