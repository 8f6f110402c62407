import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { LintelError } from '../src/lintel-error.ts';

/** One line of the standard input; on a terminal asked for, and not shown. @throws LintelError SECRET_MISSING */
export async function askSecret(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY === true;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal });
  if (isTerminal) process.stderr.write(question);
  try {
    const line = await Promise.race([
      lines.question(''),
      new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined))),
    ]);
    if (line !== undefined) return line;
    throw new LintelError('SECRET_MISSING', 'nothing was given');
  } finally {
    if (isTerminal) process.stderr.write('\n');
    lines.close();
  }
}
