import { createServer } from 'node:http';
import { LintelError } from '../lintel-error.ts';
import type { MonitorMetrics } from './metrics.ts';

/** Answers `GET /metrics` on loopback, for a Prometheus or an agent on this machine. */
export class MetricsServer {
  readonly url: string;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  /** @param port 0 for any free one. @throws LintelError METRICS_PORT */
  static async listen(port: number, metrics: MonitorMetrics): Promise<MetricsServer> {
    const server = createServer((request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      void metrics
        .text()
        .then(({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body));
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
    await promise.catch((cause) => {
      throw new LintelError(
        'METRICS_PORT',
        `metrics.port: port ${port} of 127.0.0.1 cannot be used (${cause.code}): name another`,
        cause,
      );
    });
    const address = server.address();
    const bound = typeof address === 'object' && address ? address.port : port;
    return new MetricsServer(`http://127.0.0.1:${bound}/metrics`, async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    });
  }

  close(): Promise<void> {
    return this.#close();
  }
}
