import { z } from 'zod';

export function file(description: string, example: string) {
  return z
    .string()
    .min(1)
    .optional()
    .meta({ description, allowed: 'the name of a file', examples: [example] });
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
