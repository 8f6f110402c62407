import { z } from 'zod';

export function file(description: string, example: string) {
  return z
    .string()
    .min(1)
    .optional()
    .meta({ description, allowed: 'the name of a file', examples: [example] });
}

export function name(description: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .meta({
      description,
      allowed: "up to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
    });
}

export function sha256(description: string) {
  return z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .meta({
      description: `SHA-256. ${description}`,
      allowed: '64 hexadecimal digits in lower case',
      examples: ['0'.repeat(64)],
    });
}

export function isTimeZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
