import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectAsync, type MqttClient } from 'mqtt';
import { signedStatus } from '../../../src/wire/example-signer.ts';
import { freePort } from '../../integration/uplink-mosquitto.ts';

const AT_ONCE = 50;

/** What one connected camera takes of Mosquitto's memory, over plain TCP and over TLS 1.3. Of the system's own, for sockets, nothing is counted. */
export async function benchConnections(sizes: readonly number[]): Promise<void> {
  console.log(line('way', 'connections', 'kB each'));
  for (const way of ['plain', 'TLS 1.3'] as const)
    for (const size of sizes) console.log(line(way, `${size}`, (await measure(way, size)).toFixed(1)));
}

async function measure(way: 'plain' | 'TLS 1.3', size: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  const port = await freePort();
  const [certificate, key] = [join(folder, 'pem'), join(folder, 'key')];
  const command = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout ${key} -out ${certificate} -subj /CN=localhost`;
  execFileSync('openssl', command.split(' '), { stdio: 'ignore' });
  const tls = `certfile ${certificate}\nkeyfile ${key}\ntls_version tlsv1.3\n`;
  const conf = `listener ${port} 127.0.0.1\nallow_anonymous true\nuser ${userInfo().username}\n${way === 'plain' ? '' : tls}`;
  writeFileSync(join(folder, 'conf'), conf);
  const broker = spawn('mosquitto', ['-c', join(folder, 'conf')], {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const clients: MqttClient[] = [];
  // The broker holds it for as long as the camera is connected.
  const will = {
    topic: 'lintel/v1/hall/front/status',
    payload: Buffer.from(signedStatus()),
    qos: 1 as const,
    retain: true,
  };
  try {
    const log = createInterface(broker.stderr);
    await new Promise<void>((resolve) => log.on('line', (text) => text.endsWith('running') && resolve()));
    const before = residentKilobytes(broker.pid!);
    const url = `${way === 'plain' ? 'mqtt' : 'mqtts'}://localhost:${port}`;
    const ca = readFileSync(certificate);
    while (clients.length < size) {
      const opening = Array.from({ length: Math.min(AT_ONCE, size - clients.length) }, (_, at) =>
        connectAsync(url, { ca, clientId: `camera-${clients.length + at}`, protocolVersion: 5, will }),
      );
      clients.push(...(await Promise.all(opening)));
    }
    return (residentKilobytes(broker.pid!) - before) / size;
  } finally {
    broker.kill('SIGTERM');
    await once(broker, 'exit');
    for (const client of clients) client.end(true);
    rmSync(folder, { recursive: true });
  }
}

function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}

function line(...cells: string[]): string {
  return cells.map((cell) => cell.padStart(14)).join('');
}
