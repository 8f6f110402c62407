import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { LintelError } from '../../src/lintel-error.ts';

/** A broker inside this process, for development: listens on loopback only and keeps nothing. */
export class EmbeddedBroker {
  readonly url: string;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  /** @param port 0 for any free one. @throws LintelError PORT_TAKEN */
  static async listen(port: number): Promise<EmbeddedBroker> {
    const broker = await Aedes.createBroker();
    const server = createServer(broker.handle);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
    try {
      await promise;
    } catch (cause) {
      await new Promise<void>((closed) => broker.close(closed));
      const { code } = cause as NodeJS.ErrnoException;
      const reason = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code})`;
      throw new LintelError(
        'PORT_TAKEN',
        `port ${port} on 127.0.0.1 ${reason}: name another with --port`,
        cause,
      );
    }
    const address = server.address();
    const bound = typeof address === 'object' && address ? address.port : port;
    return new EmbeddedBroker(`mqtt://127.0.0.1:${bound}`, async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      await new Promise<void>((done) => broker.close(() => done()));
      await closed;
    });
  }

  close(): Promise<void> {
    return this.#close();
  }
}
