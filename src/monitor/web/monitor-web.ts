import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { LintelError } from '../../lintel-error.ts';
import { OwnNames } from '../../web/own-name.ts';
import { checkEntrance, proxyTest } from './access.ts';
import { Admission } from './admission.ts';
import { addDataRoutes } from './data-routes.ts';
import { DoorBoard } from './door-board.ts';
import { addGate } from './gate.ts';
import { LiveBoard } from './live-board.ts';
import { addPageRoutes } from './page-routes.ts';
import type { WebOptions } from './web-options.ts';

/** A request has no more than this; a fingerprint or a password is shorter. */
const BODY_BYTES = 4_096;
const REQUEST_MS = 30_000;
/** From one address, a minute: a page that is open asks once a second at most, and there may be many behind one address. */
const MOST_REQUESTS = 3_000;
const NOT_CALLED_SO = "this page is not called so: add its name to the monitor's settings, or use localhost";

/** The page for the facilities team, and the data under it. */
export class MonitorWeb {
  readonly #server: FastifyInstance;
  readonly #board: LiveBoard;
  /** Where it is, such as http://127.0.0.1:8080. */
  readonly url: string;

  /**
   * Resolves when it listens.
   * @throws LintelError WEB_OPEN, WEB_PROXY, WEB_LISTEN, PASSWORD_FILE
   */
  static async start(options: WebOptions): Promise<MonitorWeb> {
    const { store, clock, listen, access, tls, proxies = [] } = options;
    checkEntrance({ host: listen.host, access, proxies, hasTls: tls !== undefined });
    const tell = (error: unknown) => options.trouble(error instanceof Error ? error.message : String(error));
    const board = new LiveBoard(new DoorBoard(store, options.expected), clock, options.changes, tell);
    const server = fastify({
      bodyLimit: BODY_BYTES,
      requestTimeout: REQUEST_MS,
      forceCloseConnections: true,
      trustProxy: proxies.length > 0 ? proxyTest(proxies) : false,
      serverFactory: (handler) =>
        tls ? createTlsServer({ cert: tls.certificate, key: tls.key }, handler) : createServer(handler),
    });
    try {
      const admission = await Admission.open(access, proxies, clock);
      await server.register(rateLimit, { max: MOST_REQUESTS, timeWindow: 60_000 });
      addGate(server, admission, new OwnNames(options.names ?? [], NOT_CALLED_SO), tell);
      await addPageRoutes(server, admission);
      addDataRoutes(server, board, options, admission);
      await board.read();
      await server.listen(listen);
    } catch (error) {
      board.close();
      await server.close();
      if (error instanceof LintelError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new LintelError('WEB_LISTEN', `the page cannot be served: ${reason}`, error);
    }
    const { address, port } = server.server.address() as AddressInfo;
    const host = address.includes(':') ? `[${address}]` : address;
    return new MonitorWeb(server, board, `${tls ? 'https' : 'http'}://${host}:${port}`);
  }

  private constructor(server: FastifyInstance, board: LiveBoard, url: string) {
    this.#server = server;
    this.#board = board;
    this.url = url;
  }

  async close(): Promise<void> {
    this.#board.close();
    await this.#server.close();
  }
}
