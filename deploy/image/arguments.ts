import { parseArgs } from 'node:util';
import { LintelError } from '../../src/lintel-error.ts';
import type { Signing } from './signing.ts';

/** What `npm run image` was asked for. */
export interface ImageArguments {
  readonly command: 'image' | 'bundle';
  readonly json: boolean;
  readonly help: boolean;
  /** PEM files; undefined: those for development. */
  readonly keyring: string | undefined;
  readonly signing: Signing | undefined;
}

/** @throws LintelError USAGE */
export function imageArguments(args: readonly string[]): ImageArguments {
  const { values, positionals } = parsed(args);
  const [command = 'image', ...more] = positionals;
  if ((command !== 'image' && command !== 'bundle') || more.length > 0) {
    throw new LintelError('USAGE', `there is no '${positionals.join(' ')}': say nothing, or 'bundle'`);
  }
  const { certificate, key, keyring = certificate } = values;
  if ((certificate === undefined) !== (key === undefined)) {
    throw new LintelError('USAGE', 'an update is signed by --certificate and --key together: say both');
  }
  if (command === 'bundle' && keyring !== undefined && certificate === undefined) {
    throw new LintelError(
      'USAGE',
      'with a --keyring of your own say --certificate and --key too: they sign the update',
    );
  }
  const signing = certificate && key && keyring ? { certificate, key, keyring } : undefined;
  return { command, json: values.json, help: values.help, keyring, signing };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        keyring: { type: 'string' },
        certificate: { type: 'string' },
        key: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new LintelError('USAGE', `${(error as Error).message} (--help says how)`, error);
  }
}
