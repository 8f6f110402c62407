import { z } from 'zod';
import { brokerUrl, topicName } from '../../settings-file/shared-fields.ts';
import { SitePart } from '../site-part.ts';
import { file } from './monitor-fields.ts';

export const brokerSection = z
  .strictObject({
    url: brokerUrl().default('mqtt://127.0.0.1:1883').meta({
      description:
        'The MQTT broker that the cameras report to. Over a network only mqtts is taken: TLS 1.3, and the certificate is always checked.',
      allowed:
        "a URL like 'mqtts://host' or 'mqtts://user:password@host:8883', a '%' in a name or password written '%25'",
      secret: true,
    }),
    other_urls: z.array(brokerUrl()).max(15).default([]).meta({
      description:
        'Further nodes of the same broker: the monitor begins with any one of them all, and takes the next when it fails.',
      allowed: "a list of URLs like 'mqtts://host'",
      secret: true,
    }),
    ca: file(
      "Certificate of the authority that signed the broker's; without it, those that every browser knows.",
      'ca.pem',
    ),
    certificate: file('The certificate by which the broker knows this monitor.', 'facilities.pem'),
    key: file('The private key of that certificate.', 'facilities.key'),
    client_id: topicName(
      'The name of the session in which the broker keeps reports while the monitor is away. Each monitor needs one of its own.',
    ).default('lintel-monitor'),
    share: topicName(
      'The group of monitors that share the load: each report then goes to one of them ($share of MQTT 5).',
    )
      .optional()
      .meta({ examples: ['facilities'] }),
    part: z
      .string()
      .refine((text) => SitePart.parse(text) !== undefined)
      .optional()
      .meta({
        description:
          "Which part of all sites this monitor keeps, where the broker has no groups: with '1/3' the first of three. Each part needs a monitor.",
        allowed: "a part like '1/3'",
        examples: ['1/3'],
      }),
    keep_days: z
      .int()
      .min(1)
      .max(365)
      .default(30)
      .describe('For so many days the broker is asked to keep reports while the monitor is away.'),
  })
  .prefault({})
  .describe('Where reports come from.');
