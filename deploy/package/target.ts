import { LintelError } from '../../src/lintel-error.ts';

/** A kind of machine that a package is made for. */
export interface Target {
  /** As Debian says it. */
  readonly debian: string;
  /** As `process.arch` says it. */
  readonly node: 'arm64' | 'x64';
  readonly compiler: string;
}

export const TARGETS: readonly Target[] = [
  { debian: 'arm64', node: 'arm64', compiler: 'aarch64-linux-gnu-g++' },
  { debian: 'amd64', node: 'x64', compiler: 'x86_64-linux-gnu-g++' },
];

/** @throws LintelError USAGE */
export function targetFor(debian: string): Target {
  const target = TARGETS.find((known) => known.debian === debian);
  if (target) return target;
  const known = TARGETS.map((one) => one.debian).join(' or ');
  throw new LintelError('USAGE', `no package can be made for '${debian}': say ${known}`);
}
