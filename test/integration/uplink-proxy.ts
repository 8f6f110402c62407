import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The network between a camera and its broker, which can fail in ways of its own. */
export class Network {
  readonly #server: Server;
  #brokerPort: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #isDark = false;
  #isDeaf = false;

  private constructor(server: Server, brokerPort: number) {
    this.#server = server;
    this.#brokerPort = brokerPort;
  }

  static async before(brokerPort: number): Promise<Network> {
    const server = createServer();
    const network = new Network(server, brokerPort);
    server.on('connection', (camera) => network.#join(camera));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
      network.cut();
    });
    return network;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Like a firewall that drops: what is sent goes nowhere, on old connections and new ones, and nobody is told. */
  goDark(): void {
    this.#isDark = true;
    for (const pair of this.#pairs) darken(pair);
  }

  /** On new connections the broker's greeting arrives, and nothing that it says after. */
  deafen(): void {
    this.#isDeaf = true;
  }

  hear(): void {
    this.#isDeaf = false;
  }

  /** New connections get through. The old ones stay as they are. */
  goLight(): void {
    this.#isDark = false;
  }

  /** Tells the camera something that the broker has not said. */
  say(bytes: Uint8Array): void {
    for (const [camera] of this.#pairs) camera.write(bytes);
  }

  /** New connections go to another broker. */
  leadTo(brokerPort: number): void {
    this.#brokerPort = brokerPort;
  }

  /** Ends every connection without a word. */
  cut(): void {
    for (const socket of [...this.#pairs].flat()) socket.resetAndDestroy();
  }

  /** Resolves at the next connection. */
  async visited(): Promise<void> {
    await once(this.#server, 'connection');
  }

  #join(camera: Socket): void {
    const broker = connect(this.#brokerPort, '127.0.0.1');
    const pair = [camera, broker] as const;
    this.#pairs.add(pair);
    for (const socket of pair) socket.on('error', () => {}).on('close', () => this.#part(pair));
    camera.pipe(broker);
    if (this.#isDeaf) broker.once('data', (greeting) => camera.write(greeting)).resume();
    else broker.pipe(camera);
    if (this.#isDark) darken(pair);
  }

  #part(pair: readonly [Socket, Socket]): void {
    this.#pairs.delete(pair);
    // A dark network does not tell the broker either.
    if (!this.#isDark) for (const socket of pair) socket.destroy();
  }
}

function darken([camera, broker]: readonly [Socket, Socket]): void {
  camera.unpipe(broker).resume();
  broker.unpipe(camera).resume();
}
