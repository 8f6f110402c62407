/**
 * The file operations that a power cut is about. The real one is `NodeDisk`; `SimulatedDisk` forgets what was not
 * synced. Both pass `disk.contract.ts`. A failed operation rejects with an error that has the system's `code`
 * (ENOENT, ENOSPC, ...).
 */
export interface Disk {
  /** With its parents. Nothing happens when it is there already. */
  makeDirectory(path: string): Promise<void>;
  /** The names in a directory, in no order. */
  list(directory: string): Promise<string[]>;
  /** Rejects with EFBIG when the file is longer than `maxBytes`, and when it is not a plain file. */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /**
   * Makes a new file in the place of what is there, and never writes through a link. Once it resolves, a power cut
   * leaves the contents whole, but its name is safe only after `syncDirectory`. When it rejects, a part may be there.
   * @param readers who may read it beside this program's own user: its group, unless it is a secret
   */
  write(path: string, bytes: Uint8Array, readers?: Readers): Promise<void>;
  /** Within one directory; replaces `to` in one step. Safe from a power cut only after `syncDirectory`. */
  rename(from: string, to: string): Promise<void>;
  /** Safe from a power cut only after `syncDirectory`. Nothing happens when there is no such file. */
  remove(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
  /**
   * Calls `listener` when names in a directory change; several changes may come as one call, and one may be missed.
   * @returns a function that ends it
   */
  watch(directory: string, listener: () => void): () => void;
}

export type Readers = 'group' | 'nobody';

/** The system's code of a failed file operation, such as ENOSPC. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** An error as the system would give it. */
export function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
