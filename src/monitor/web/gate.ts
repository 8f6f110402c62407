import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LintelError } from '../../lintel-error.ts';
import type { Admission } from './admission.ts';
import type { OwnNames } from './own-name.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who may look, as `Admission` names them; empty on the page where passwords are given. */
    user: string;
  }
}

/** What is there without being let in: the page where one says who one is, and its style. */
const OPEN: ReadonlySet<string> = new Set([
  '/login',
  '/page/colours.css',
  '/page/base.css',
  '/page/controls.css',
]);

const HEADERS = {
  'content-security-policy': contentPolicy([]),
  'x-content-type-options': 'nosniff',
  // With less, browsers hide from us too which page a form was sent by.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
} as const;

/** Nothing from elsewhere, and no script or style inside a page but those named. @param scripts hashes of inline scripts */
export function contentPolicy(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What every request passes, whatever it asks for: it is refused unless it is by our name, from our page, and let in. */
export function addGate(
  server: FastifyInstance,
  admission: Admission,
  names: OwnNames,
  trouble: (error: unknown) => void,
): void {
  server.decorateRequest('user', '');
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
    if (!names.has(request.host)) {
      throw refused(
        421,
        `this page is not called so: add its name to the monitor's settings, or use localhost`,
      );
    }
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading && !names.isOrigin(request.headers.origin, request.host)) {
      throw refused(403, 'this can only be sent by the page itself');
    }
    const path = request.url.split('?')[0]!;
    const user = await admission.userOf(request);
    if (user !== undefined) {
      request.user = user;
      return;
    }
    if (OPEN.has(path)) return;
    return askWho(request, reply, admission);
  });
  server.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'there is nothing here' }));
  server.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    const status = error instanceof LintelError ? (STATUS[error.code] ?? 500) : (error.statusCode ?? 500);
    if (status >= 500) trouble(error);
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'the monitor has a fault: see its log' : error.message });
  });
}

const STATUS: Readonly<Record<string, number>> = {
  PASSWORD_BUSY: 429,
  DOOR_UNKNOWN: 404,
  FINGERPRINT_INVALID: 400,
  FINGERPRINT_DIFFERS: 409,
  QUESTION_INVALID: 400,
};

function askWho({ headers, url, method }: FastifyRequest, reply: FastifyReply, admission: Admission) {
  const isPage = method === 'GET' && (headers.accept ?? '').includes('text/html');
  if (isPage && admission.takesPasswords) return reply.redirect(`/login?to=${encodeURIComponent(url)}`, 303);
  return reply.code(401).send({ error: 'say first who you are' });
}

function refused(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
