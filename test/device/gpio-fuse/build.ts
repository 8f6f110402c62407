import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Compiles the stand-in for /sys/class/gpio to `program`. */
export function buildGpioFuse(program: string): void {
  const flags = execFileSync('pkg-config', ['--cflags', '--libs', 'fuse3'], { encoding: 'utf8' });
  const sources = ['attributes.c', 'bank.c', 'gpio-fuse.c', 'tree.c'].map((name) =>
    join(import.meta.dirname, name),
  );
  execFileSync('cc', [
    '-std=gnu11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    program,
    ...sources,
    ...flags.trim().split(/\s+/),
  ]);
}
