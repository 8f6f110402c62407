import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { LintelError } from '../../lintel-error.ts';
import { OwnNames } from '../../web/own-name.ts';
import { checkOwn, RefusedRequest } from '../../web/own-requests.ts';
import { pageFilesIn, readPageFile, sendPageFile } from '../../web/page-file.ts';
import { type DoorwayProposal, doorwayProposal } from '../doorway-proposal.ts';
import type { ShownAiming } from '../shown-aiming.ts';
import type { LocalLink } from './local-link.ts';

const PAGE = join(import.meta.dirname, '../page');
/** Sixteen corners of three areas are shorter. */
const BODY_BYTES = 8_192;
const REQUEST_MS = 30_000;
/** From one address, a minute: an open page asks for the status and the still twice a second. */
const MOST_REQUESTS = 1_200;

export interface AimWebOptions {
  readonly link: LocalLink;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly shown: ShownAiming;
  /** The doorway as the settings have it. @throws LintelError */
  readonly doorway: () => Promise<DoorwayProposal>;
  /** @throws LintelError when it cannot be used */
  readonly save: (doorway: DoorwayProposal) => Promise<void>;
  readonly trouble: (message: string) => void;
}

/** The page by which an installer aims the camera. */
export class AimWeb {
  readonly #server: FastifyInstance;
  /** Where it is, such as http://127.0.0.1:8088. */
  readonly url: string;

  /** Resolves when it listens. @throws LintelError AIMING_LISTEN */
  static async start(options: AimWebOptions): Promise<AimWeb> {
    const { link, port } = options;
    const server = fastify({
      bodyLimit: BODY_BYTES,
      requestTimeout: REQUEST_MS,
      forceCloseConnections: true,
    });
    try {
      await server.register(rateLimit, { max: MOST_REQUESTS, timeWindow: 60_000 });
      addRules(server, options);
      await addPage(server);
      addData(server, options);
      await server.listen({ host: link.host, port });
    } catch (error) {
      await server.close();
      const reason = error instanceof Error ? error.message : String(error);
      throw new LintelError('AIMING_LISTEN', `the page cannot be served: ${reason}`, error);
    }
    const { address, port: taken } = server.server.address() as AddressInfo;
    return new AimWeb(server, `http://${address.includes(':') ? `[${address}]` : address}:${taken}`);
  }

  private constructor(server: FastifyInstance, url: string) {
    this.#server = server;
    this.url = url;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}

function addRules(server: FastifyInstance, { link, trouble }: AimWebOptions): void {
  const names = new OwnNames([], 'this page is not called so: call it by its address');
  server.addHook('onRequest', async (request, reply) => {
    if (!link.has(request.socket.remoteAddress))
      throw new RefusedRequest(403, 'this page is for the local link');
    checkOwn(request, reply, names);
  });
  server.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'there is nothing here' }));
  server.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    // What the settings refuse is told in full: whoever asked is to mend it.
    const isRefused = error instanceof LintelError && error.code.startsWith('SETTINGS_');
    const status = isRefused ? 422 : (error.statusCode ?? 500);
    if (status >= 500) trouble(error.message);
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'this failed: see the log of lintel-aiming' : error.message });
  });
}

async function addPage(server: FastifyInstance): Promise<void> {
  for (const [path, file] of await pageFilesIn(PAGE)) {
    const read = await readPageFile(file);
    server.get(path, (request, reply) => sendPageFile(request, reply, read));
    if (path === '/page/aim.html') server.get('/', (request, reply) => sendPageFile(request, reply, read));
  }
}

function addData(server: FastifyInstance, { shown, doorway, save }: AimWebOptions): void {
  server.get('/api/status', async () => (await shown.status()) ?? { over: true });
  server.get('/api/doorway', () => doorway());
  server.get('/still.jpg', async (_, reply) => {
    const still = await shown.still();
    if (!still) throw new RefusedRequest(404, 'there is no still now');
    return reply.type('image/jpeg').send(Buffer.from(still));
  });
  server.post('/api/doorway', async (request) => {
    const { data } = doorwayProposal.safeParse(request.body);
    if (!data) throw new RefusedRequest(400, 'this is no doorway');
    await save(data);
    return { saved: true };
  });
}
