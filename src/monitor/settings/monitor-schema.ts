import { z } from 'zod';
import { SitePart } from '../site-part.ts';
import { isPostgresUrl, POSTGRES_URLS } from '../store/postgres-address.ts';
import { checkMonitor } from './check-monitor.ts';

/** Every setting of the monitor; `description`, `default` and `examples` are what the example file shows. */
export const monitorSchema = z
  .strictObject({
    broker: z
      .strictObject({
        url: brokerUrl().default('mqtt://127.0.0.1:1883').meta({
          description:
            'The MQTT broker that the cameras report to. Over a network only mqtts is taken: TLS 1.3, and the certificate is always checked.',
          allowed: "a URL like 'mqtts://host' or 'mqtts://user:password@host:8883'",
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
        client_id: name(
          'The name of the session in which the broker keeps reports while the monitor is away. Each monitor needs one of its own.',
        ).default('lintel-monitor'),
        share: name(
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
      .describe('Where reports come from.'),

    store: z
      .strictObject({
        file: z.string().min(1).default('/var/lib/lintel-monitor/reports.sqlite').meta({
          description: 'Where reports are kept: one SQLite file.',
          allowed: 'the name of a file',
        }),
        postgresql: z
          .string()
          .refine(isPostgresUrl)
          .optional()
          .meta({
            description:
              'Where reports are kept in place of the file: a database of their own, which several monitors may share. Over a network it is always TLS 1.3, and the certificate is checked.',
            allowed: `a URL ${POSTGRES_URLS}`,
            examples: ['postgresql://lintel:password@database.example/lintel'],
            secret: true,
          }),
        ca: file(
          "Certificate of the authority that signed the database server's; without it, those that every browser knows.",
          'ca.pem',
        ),
      })
      .prefault({})
      .describe(
        'What is kept. Names that do not begin with /, here and elsewhere, are meant from the folder of this file.',
      ),

    page: z
      .strictObject({
        listen: z
          .string()
          .regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/)
          .default('127.0.0.1:8474')
          .meta({
            description: 'Address and port of the page.',
            allowed: "an address and a port, like '127.0.0.1:8474'",
          }),
        auth: z
          .enum(['loopback', 'password', 'proxy'])
          .default('loopback')
          .describe(
            'Who may look: whoever is on this machine; whoever is in the password file; or whoever a proxy before the page names ' +
              'in a header.',
          ),
        password_file: file('Who may look, with auth password.', 'passwords'),
        proxy_header: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/)
          .default('X-Remote-User')
          .meta({
            description: 'The header in which the proxy names who looks, with auth proxy.',
            allowed: 'the name of a header',
          }),
        proxies: z.array(z.string().min(1)).max(64).default([]).meta({
          description: 'Addresses, or ranges such as 10.0.0.0/8, of proxies that are believed.',
          allowed: "a list of addresses, like ['10.0.0.7']",
        }),
        names: z
          .array(z.string().regex(/^[A-Za-z0-9.-]{1,253}$/))
          .max(16)
          .default([])
          .meta({
            description: 'Names by which browsers call the page, besides localhost and addresses.',
            allowed: "a list of names, like ['lintel.example']",
          }),
        certificate: file('The certificate of the page, for https without a proxy.', 'page.pem'),
        key: file('The private key of that certificate.', 'page.key'),
        time_zone: z.string().refine(isTimeZone).default('UTC').meta({
          description: 'Whose hours and days the page shows: an IANA time zone.',
          allowed: "the name of a time zone, such as 'Europe/Berlin'",
        }),
      })
      .prefault({})
      .describe('The page.'),

    expected: z
      .strictObject({
        software: z
          .string()
          .regex(/^\d+[.]\d+[.]\d+$/)
          .optional()
          .meta({
            description: 'The release that every camera is to run.',
            allowed: "a version like '0.1.0'",
            examples: ['0.1.0'],
          }),
        models: sha256("Of the models, as 'lintel identity' prints it."),
        settings: sha256("Of the settings, as 'lintel identity' prints it, where all cameras share them."),
      })
      .prefault({})
      .describe('What every enrolled camera is to run; one that differs raises an alarm.'),

    alarms: z
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
      .describe('Who is told when something is wrong.'),

    metrics: z
      .strictObject({
        port: z
          .int()
          .min(1)
          .max(65_535)
          .optional()
          .meta({
            description: 'Port of 127.0.0.1 on which Prometheus finds /metrics; without it there are none.',
            examples: [9474],
          }),
      })
      .prefault({})
      .describe('Figures on the monitor itself.'),
  })
  .superRefine(checkMonitor);

export type MonitorFile = z.output<typeof monitorSchema>;

function brokerUrl() {
  return z.string().regex(/^mqtts?:\/\/[^\s?#/]+\/?$/);
}

function file(description: string, example: string) {
  return z
    .string()
    .min(1)
    .optional()
    .meta({ description, allowed: 'the name of a file', examples: [example] });
}

function name(description: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .meta({
      description,
      allowed: "up to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
    });
}

function sha256(description: string) {
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

function isTimeZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
