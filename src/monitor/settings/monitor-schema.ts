import { z } from 'zod';
import { isPostgresUrl, POSTGRES_URLS } from '../store/postgres-address.ts';
import { alarmsSection } from './alarms-section.ts';
import { brokerSection } from './broker-section.ts';
import { checkMonitor } from './check-monitor.ts';
import { file, sha256 } from './monitor-fields.ts';
import { pageSection } from './page-section.ts';

/** Every setting of the monitor; `description`, `default` and `examples` are what the example file shows. */
export const monitorSchema = z
  .strictObject({
    broker: brokerSection,

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
        keep_days: z
          .int()
          .min(31)
          .max(36_525)
          .default(731)
          .describe(
            'Counts and alarms are deleted when they are so many days old. Enrolments, and what proves what a camera said, stay.',
          ),
      })
      .prefault({})
      .describe(
        'What is kept. Names that do not begin with /, here and elsewhere, are meant from the folder of this file.',
      ),

    page: pageSection,

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

    alarms: alarmsSection,

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
