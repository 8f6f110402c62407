import { stat } from 'node:fs/promises';
import { LintelError } from '../../src/lintel-error.ts';

/** Keeps a recording from being replaced by what is made of it. @throws LintelError USAGE */
export async function refuseSameFile(from: string, to: string): Promise<void> {
  const [source, target] = await Promise.all([from, to].map((path) => stat(path).catch(() => undefined)));
  if (source && target && source.dev === target.dev && source.ino === target.ino) {
    throw new LintelError(
      'USAGE',
      `${to} would replace the recording that is read: name another file to write`,
    );
  }
}
