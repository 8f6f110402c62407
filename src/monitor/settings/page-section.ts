import { z } from 'zod';
import { timeZone } from '../../settings-file/shared-fields.ts';
import { file } from './monitor-fields.ts';

export const pageSection = z
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
    time_zone: timeZone('Whose hours and days the page shows: an IANA time zone.'),
  })
  .prefault({})
  .describe('The page.');
