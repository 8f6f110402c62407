import { dirname } from 'node:path';
import { type Disk, systemError } from './disk.ts';

export type DiskStep = 'create' | 'fill' | 'sync' | 'rename' | 'remove' | 'sync-directory';

interface File {
  bytes: Uint8Array;
  synced: boolean;
}

/** A change of names that a power cut may undo, alone and independently of others, until its directory is synced. */
interface NameChange {
  readonly directory: string;
  apply(names: Map<string, File>): void;
}

/** What a power cut leaves of the things that were not synced: each change of names or not, and how much of a file. */
export interface Luck {
  keepsName(index: number): boolean;
  keptBytes(length: number): number;
}

/**
 * A disk in memory that promises no more than POSIX does: contents last once synced, names once their directory is.
 * `onStep` is called before each smallest step and may throw: a system error, or because the power is gone.
 */
export class SimulatedDisk implements Disk {
  onStep: (step: DiskStep, path: string) => void = () => {};
  readonly #directories = new Set<string>();
  readonly #names = new Map<string, File>();
  readonly #lasting = new Map<string, File>();
  #changes: NameChange[] = [];
  readonly #watchers = new Map<() => void, string>();

  /** How many changes of names a power cut could undo now. */
  get unsyncedNames(): number {
    return this.#changes.length;
  }

  /** The disk as it is found after a power cut. */
  afterPowerCut(luck: Luck): SimulatedDisk {
    const names = new Map(this.#lasting);
    this.#changes.forEach((change, index) => {
      if (luck.keepsName(index)) change.apply(names);
    });
    const found = new SimulatedDisk();
    for (const directory of this.#directories) found.#directories.add(directory);
    for (const [path, { bytes, synced }] of names) {
      const kept = synced ? bytes : bytes.slice(0, luck.keptBytes(bytes.length));
      found.#names.set(path, { bytes: kept, synced: true });
      found.#lasting.set(path, { bytes: kept, synced: true });
    }
    return found;
  }

  async makeDirectory(path: string): Promise<void> {
    this.#directories.add(path);
  }

  async list(directory: string): Promise<string[]> {
    this.#mustExist(directory);
    const inside = [...this.#names.keys()].filter((path) => dirname(path) === directory);
    return inside.map((path) => path.slice(directory.length + 1));
  }

  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const { bytes } = this.#file(path);
    if (bytes.length > maxBytes) throw systemError('EFBIG', path);
    return bytes.slice();
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    await this.remove(path);
    this.#mustExist(dirname(path));
    this.onStep('create', path);
    const file = { bytes: new Uint8Array(), synced: false };
    this.#change(dirname(path), (names) => names.set(path, file));
    this.onStep('fill', path);
    file.bytes = bytes.slice();
    this.onStep('sync', path);
    file.synced = true;
  }

  async rename(from: string, to: string): Promise<void> {
    const file = this.#file(from);
    this.onStep('rename', to);
    this.#change(dirname(from), (names) => names.set(to, file).delete(from));
  }

  async remove(path: string): Promise<void> {
    if (!this.#names.has(path)) return;
    this.onStep('remove', path);
    this.#change(dirname(path), (names) => names.delete(path));
  }

  async syncDirectory(path: string): Promise<void> {
    this.#mustExist(path);
    this.onStep('sync-directory', path);
    for (const change of this.#changes) if (change.directory === path) change.apply(this.#lasting);
    this.#changes = this.#changes.filter((change) => change.directory !== path);
  }

  watch(directory: string, listener: () => void): () => void {
    this.#watchers.set(listener, directory);
    return () => void this.#watchers.delete(listener);
  }

  #change(directory: string, apply: NameChange['apply']): void {
    this.#changes.push({ directory, apply });
    apply(this.#names);
    for (const [listener, watched] of this.#watchers) if (watched === directory) listener();
  }

  #file(path: string): File {
    const file = this.#names.get(path);
    if (!file) throw systemError('ENOENT', path);
    return file;
  }

  #mustExist(directory: string): void {
    if (!this.#directories.has(directory)) throw systemError('ENOENT', directory);
  }
}
