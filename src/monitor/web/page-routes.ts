import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentPolicy } from '../../web/own-requests.ts';
import { sendPageFile } from '../../web/page-file.ts';
import type { Admission } from './admission.ts';
import { inlineScripts, readPageFiles } from './page-files.ts';

const PAGES = { '/': '/page/cameras.html', '/counts': '/page/counts.html' } as const;
/** From one address. */
const LOGIN_TRIES = { max: 10, timeWindow: 60_000 };

/** The page's own files, and coming in and going out. */
export async function addPageRoutes(server: FastifyInstance, admission: Admission): Promise<void> {
  const files = await readPageFiles();
  for (const [path, file] of files) server.get(path, (request, reply) => sendPageFile(request, reply, file));
  for (const [path, name] of Object.entries(PAGES)) {
    const file = files.get(name)!;
    const policy = contentPolicy(inlineScripts(file.bytes.toString()));
    server.get(path, (request, reply) =>
      sendPageFile(request, reply.header('content-security-policy', policy), file),
    );
  }
  if (!admission.takesPasswords) return;
  const login = files.get('/page/login.html')!.bytes.toString();
  const showLogin = (reply: FastifyReply, message: string) =>
    reply.type('text/html; charset=utf-8').send(login.replace('<!-- message -->', message));
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
  );
  server.get('/login', (_, reply) => showLogin(reply, ''));
  server.post('/login', { config: { rateLimit: LOGIN_TRIES } }, async (request, reply) => {
    const { name = '', password = '' } = (request.body ?? {}) as Record<string, string>;
    const cookie = await admission.enter(request, name, password);
    if (cookie === undefined) return showLogin(reply.code(403), 'The name or the password is not right.');
    const { to } = request.query as { to?: unknown };
    return reply.header('set-cookie', cookie).redirect(localPath(to), 303);
  });
  server.post('/logout', (request, reply) =>
    reply.header('set-cookie', admission.leave(request)).redirect('/login', 303),
  );
}

/** Where to go after coming in: within this page, wherever the link to it came from. */
function localPath(to: unknown): string {
  return typeof to === 'string' && /^[/](?![/\\])[ -~]*$/.test(to) ? to : '/';
}
