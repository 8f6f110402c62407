import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A TCP segment that carries something, as anybody on the way can see it. */
export interface Packet {
  readonly timeMs: number;
  readonly from: 'camera' | 'broker';
  /** Lengths of the TLS records that end in it. */
  readonly records: readonly number[];
}

const FIELDS = ['frame.time_epoch', 'tcp.srcport', 'tls.record.length'];

/** Everything that passes a port of this machine, captured by tshark. */
export class PacketCapture {
  readonly #packets: Packet[] = [];
  #wake = (): void => {};

  /** Resolves when it captures. @throws Error with what to do when it may not */
  static async of(brokerPort: number): Promise<PacketCapture> {
    const fields = FIELDS.flatMap((field) => ['-e', field]);
    const args = [
      '-i',
      'lo',
      '-f',
      `tcp port ${brokerPort}`,
      '-d',
      `tcp.port==${brokerPort},tls`,
      '-l',
      '-n',
    ];
    const tshark = spawn('tshark', [...args, '-T', 'fields', ...fields], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gone = once(tshark, 'close');
    onTestFinished(async () => {
      tshark.kill('SIGINT');
      await gone;
    });
    const capture = new PacketCapture();
    createInterface(tshark.stdout).on('line', (line) => capture.#take(line, brokerPort));
    const said: string[] = [];
    const started = new Promise<boolean>((resolve) => {
      createInterface(tshark.stderr).on('line', (line) => {
        said.push(line);
        if (line.endsWith('Capture started.')) resolve(true);
      });
      void gone.then(() => resolve(false));
    });
    if (!(await started)) {
      const cure =
        "run this test as root, or run 'setcap cap_net_raw,cap_net_admin=eip /usr/bin/dumpcap' once";
      throw new Error(`tshark cannot capture on the loopback interface: ${cure} (${said.join(' ')})`);
    }
    return capture;
  }

  /** Resolves when this many records have passed since `sinceMs`, to all that has. */
  async passed(records: number, sinceMs: number): Promise<readonly Packet[]> {
    for (;;) {
      const packets = this.#packets.filter(({ timeMs }) => timeMs >= sinceMs);
      if (packets.flatMap((packet) => packet.records).length >= records) return packets;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(line: string, brokerPort: number): void {
    const [time, port, lengths = ''] = line.split('\t');
    const from = Number(port) === brokerPort ? 'broker' : 'camera';
    const records = lengths.split(',').filter(Boolean).map(Number);
    if (records.length > 0) this.#packets.push({ timeMs: Number(time) * 1_000, from, records });
    this.#wake();
  }
}
