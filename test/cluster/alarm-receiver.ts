import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes what monitors tell by webhook, and counts how often each alarm is told. */
export class AlarmReceiver {
  readonly url: string;
  readonly #server: Server;
  readonly told: ReadonlyMap<string, number>;

  private constructor(server: Server, told: ReadonlyMap<string, number>) {
    this.#server = server;
    this.told = told;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`;
  }

  static async listen(): Promise<AlarmReceiver> {
    const told = new Map<string, number>();
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const id = String(request.headers['webhook-id']);
      told.set(id, (told.get(id) ?? 0) + 1);
      response.writeHead(204).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new AlarmReceiver(server, told);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
