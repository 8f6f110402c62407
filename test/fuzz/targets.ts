import { FILE_TARGETS } from './file-targets.ts';
import type { FuzzTarget } from './target.ts';
import { WIRE_TARGETS } from './wire-targets.ts';

/** Every decoder of bytes that somebody else may have made. */
export const TARGETS: readonly FuzzTarget[] = [...WIRE_TARGETS, ...FILE_TARGETS];
