import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LintelError } from '../../lintel-error.ts';
import type { OwnNames } from '../../web/own-name.ts';
import { checkOwn } from '../../web/own-requests.ts';
import type { Admission } from './admission.ts';

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

/** What every request passes, whatever it asks for: it is refused unless it is by our name, from our page, and let in. */
export function addGate(
  server: FastifyInstance,
  admission: Admission,
  names: OwnNames,
  trouble: (error: unknown) => void,
): void {
  server.decorateRequest('user', '');
  server.addHook('onRequest', async (request, reply) => {
    checkOwn(request, reply, names);
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
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
