import { z } from 'zod';
import { file } from './monitor-fields.ts';

export const alarmsSection = z
  .strictObject({
    mqtt: z
      .boolean()
      .default(true)
      .describe('Publish the alarms of each door, retained, on lintel-alarms/v1/<site>/<device>.'),
    webhook: z
      .string()
      .regex(/^https?:\/\/[^\s#]+$/)
      .optional()
      .meta({
        description: 'Where each alarm is sent as JSON by POST. Over a network only https is taken.',
        allowed: "a URL like 'https://host/path'",
        examples: ['https://alarms.example/lintel'],
        secret: true,
      }),
    webhook_secret: file(
      "File with the secret by which the receiver knows that it was us: 'whsec_' and 24 to 64 bytes in base64.",
      'webhook.secret',
    ),
    quiet_minutes: z
      .number()
      .min(0)
      .max(1440)
      .default(5)
      .describe('An alarm ends when what raised it has been gone for so long.'),
  })
  .prefault({})
  .describe('Who is told when something is wrong.');
