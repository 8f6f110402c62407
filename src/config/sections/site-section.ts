import { z } from 'zod';
import { PLACES, PRIVATE_PLACES } from '../places.ts';

/** It is known in every language of the notice. */
export const STANDARD_PURPOSE = 'Counting how many people pass this door. Nobody is recognised.';

export const siteSection = z
  .strictObject({
    name: topicName('The building, as the facilities side knows it.', 'riverside-house'),
    device: topicName('The door this camera looks at.', 'front-door'),
    place: z
      .enum([...PLACES, ...PRIVATE_PLACES])
      .optional()
      .meta({
        description:
          'What kind of place it is. Those with room in their name, and washrooms, are refused. Nothing is ' +
          'watched by a camera before it is said.',
        examples: ['building-entrance'],
      }),
    purpose: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .meta({
        description:
          'What the counts are for, in words for the notice at the door. Nothing is watched by a camera before ' +
          'it is said.',
        allowed: 'text',
        examples: [STANDARD_PURPOSE],
      }),
    time_zone: z.string().refine(isTimeZone).default('UTC').meta({
      description: 'Where the day begins: an IANA time zone.',
      allowed: "the name of a time zone, such as 'Europe/Berlin'",
    }),
  })
  .prefault({} as never)
  .describe('What is watched, and what for.');

function topicName(description: string, example: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .meta({
      description,
      allowed: "up to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
      examples: [example],
    });
}

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
