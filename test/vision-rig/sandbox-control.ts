import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';

// Does what no `vision` should be able to do, and tells what became of it: `sandbox-control.ts PORT FILE BYTES`.

const [port, file, bytes] = process.argv.slice(2) as [string, string, string];

function outcome(error: NodeJS.ErrnoException | undefined): string {
  return error?.code ?? 'done';
}

function write(length: number): string {
  try {
    writeFileSync(file, new Uint8Array(length));
    return 'done';
  } catch (error) {
    return outcome(error as NodeJS.ErrnoException);
  }
}

function reach(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(outcome(undefined)));
    socket.once('error', (error) => resolve(outcome(error)));
    socket.unref();
  });
}

const most = Number(bytes);
process.stdout.write(
  JSON.stringify({ connect: await reach('127.0.0.1'), write: write(most), writeMore: write(most + 1) }),
);
