import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { onTestFinished } from 'vitest';
import { SimulatedDisk } from '../../src/disk/simulated-disk.ts';
import { Outbox } from '../../src/spool/outbox.ts';
import { spoolName } from '../../src/spool/spool-name.ts';
import { StatusFiles } from '../../src/spool/status-files.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { NativeProfile } from '../../src/uplink/profile/native.ts';
import { Uplink, type UplinkOptions } from '../../src/uplink/uplink.ts';
import { exampleReport } from '../../src/wire/example-report.ts';
import { signedExample } from '../../src/wire/example-signer.ts';

export const address = { site: 'hall', device: 'front' };
export const reportOf = (hour: number) => exampleReport({ windowStartSeconds: hour * 3600 });

/** A spool in memory, and the files in it. */
export class TestSpool {
  readonly disk = new SimulatedDisk();

  constructor() {
    void this.disk.makeDirectory('/spool');
  }

  async add(...hours: number[]): Promise<void> {
    for (const hour of hours) await this.addFile(spoolName(reportOf(hour)), signedExample(reportOf(hour)));
  }

  async addDay(day: number): Promise<void> {
    const report = exampleReport({
      level: 'day',
      windowStartSeconds: day * 86_400,
      windowSeconds: 86_400,
    });
    await this.addFile(spoolName(report), signedExample(report));
  }

  async addFile(name: string, bytes: Uint8Array): Promise<void> {
    await this.disk.write(`/spool/new`, bytes);
    await this.disk.rename('/spool/new', `/spool/${name}`);
  }

  /** Resolves when the names in the spool are these. */
  async holds(...names: string[]): Promise<void> {
    for (;;) {
      const change = Promise.withResolvers<void>();
      const end = this.disk.watch('/spool', change.resolve);
      const found = await this.disk.list('/spool');
      if (found.sort().join() !== names.sort().join()) await change.promise;
      end();
      if (found.join() === names.join()) return;
    }
  }
}

/** @returns how often a report was read from now on */
export function countReportReads({ disk }: TestSpool): { count: number } {
  const reads = { count: 0 };
  const read = disk.read.bind(disk);
  disk.read = (path, maxBytes) => {
    if (path.endsWith('.report')) reads.count += 1;
    return read(path, maxBytes);
  };
  return reads;
}

/** @param more options of its own, in place of the usual ones */
export async function startUplink(
  spool: TestSpool,
  port: number,
  host = '127.0.0.1',
  more: Partial<UplinkOptions> = {},
) {
  const lines: string[] = [];
  let wake = () => {};
  const take = (details: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(details)}`);
    wake();
  };
  const ending = new AbortController();
  const uplink = new Uplink({
    broker: { protocol: 'mqtt', host, port },
    address,
    outbox: await Outbox.open('/spool', spool.disk),
    status: new StatusFiles('/spool', spool.disk),
    profileFor: (lost) => new NativeProfile(address, lost),
    clock: new SystemClock(),
    log: { info: take, warn: take },
    reconnect: { firstMs: 10, longestMs: 100 },
    ...more,
  });
  const running = uplink.run(ending.signal);
  const stop = async () => {
    ending.abort();
    await running;
  };
  onTestFinished(stop);
  /** Resolves to a line that has these words, when there is one. */
  const said = async (words: string): Promise<string> => {
    for (;;) {
      const line = lines.find((one) => one.includes(words));
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  /** Resolves when so many tries to connect have failed. */
  const tries = async (count: number): Promise<void> => {
    while (lines.filter((line) => line.startsWith('not connected')).length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { stop, lines, said, tries };
}

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A broker in this process that says which windows came, in order. */
export async function startBroker(
  port = 0,
  greet = (broker: Aedes, socket: Socket): unknown => broker.handle(socket),
) {
  const broker = await Aedes.createBroker();
  const server = createServer((socket) => greet(broker, socket));
  const topics: string[] = [];
  const windows: number[] = [];
  broker.on('publish', (packet, client) => {
    if (!client) return;
    topics.push(packet.topic);
    windows.push(Buffer.from(packet.payload).readUInt32LE(8) / 3600);
  });
  const stop = async () => {
    server.close();
    await new Promise<void>((done) => broker.close(done));
  };
  onTestFinished(stop);
  return { broker, server, stop, topics, windows, port: await listen(server, port) };
}

/** A broker of MQTT 3.1.1 that hangs up on MQTT 5 without a word, as RabbitMQ 3.10 does. */
export function startMuteBroker() {
  return startBroker(0, (broker, socket) => {
    socket
      .on('error', () => {})
      .once('data', (connect: Buffer) => {
        // Behind the length, which takes two bytes or one, and the name 'MQTT'.
        if (connect[connect.indexOf('MQTT') + 4] === 5) return socket.destroy();
        socket.pause().unshift(connect);
        return broker.handle(socket);
      });
  });
}

/** A server that takes connections and answers every packet with `answer`. */
export async function startImpostor(answer: (socket: Socket, bytes: Buffer) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}).on('data', (bytes) => answer(socket, bytes));
  });
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  };
  return { port: await listen(server), server, stop };
}
