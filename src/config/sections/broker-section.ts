import { z } from 'zod';
import { brokerUrl } from '../../settings-file/shared-fields.ts';
import { checkBroker } from '../check-broker.ts';

export const brokerSection = z
  .strictObject({
    url: brokerUrl().default('mqtt://127.0.0.1:1883').meta({
      description:
        'The MQTT broker that takes the reports. Over a network only mqtts is taken: TLS 1.3, and the certificate is always checked.',
      allowed:
        "a URL like 'mqtts://host' or 'mqtts://user:password@host:8883', a '%' in a name or password written '%25'",
      secret: true,
    }),
    other_urls: z.array(brokerUrl()).max(15).default([]).meta({
      description:
        'Further nodes of the same broker: the camera begins with any one of them all, and takes the next when it fails.',
      allowed: "a list of URLs like 'mqtts://host'",
      secret: true,
    }),
    oldest_mqtt: z
      .enum(['5', '3.1.1'])
      .default('5')
      .describe(
        'With 3.1.1 a broker cannot say that it refuses a report: only for one that knows nothing newer, as RabbitMQ before 3.13.',
      ),
    ca: pemFile(
      "Certificate of the authority that signed the broker's; without it, those that every browser knows.",
      'ca.pem',
    ),
    certificate: pemFile('The certificate by which the broker knows this camera.', 'camera.pem'),
    key: pemFile('The private key of that certificate.', 'camera.key'),
    profile: z
      .enum(['native', 'home-assistant', 'sparkplug'])
      .default('native')
      .describe(
        'The topics and the form of what is sent: native is described by the schema in proto/lintel/v1.',
      ),
  })
  .superRefine(checkBroker)
  .prefault({})
  .describe('Where reports go.');

function pemFile(description: string, example: string) {
  return z
    .string()
    .min(1)
    .optional()
    .meta({ description, allowed: 'the name of a file in PEM form', examples: [example] });
}
