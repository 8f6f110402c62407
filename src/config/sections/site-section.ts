import { z } from 'zod';
import { timeZone, topicName } from '../../settings-file/shared-fields.ts';
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
    time_zone: timeZone('Where the day begins: an IANA time zone.'),
  })
  .prefault({} as never)
  .describe('What is watched, and what for.');
