import { watch } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Disk, type Readers, systemError } from './disk.ts';

/** The machine's own file system. */
export class NodeDisk implements Disk {
  async makeDirectory(path: string): Promise<void> {
    const whole = resolve(path);
    const first = await mkdir(whole, { recursive: true });
    if (first === undefined) return;
    for (let made = whole; made.length >= first.length; made = dirname(made)) {
      await this.syncDirectory(dirname(made));
    }
  }

  list(directory: string): Promise<string[]> {
    return readdir(directory);
  }

  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const found = await lstat(path);
    if (!found.isFile() || found.size > maxBytes) throw systemError('EFBIG', path);
    return readFile(path);
  }

  async write(path: string, bytes: Uint8Array, readers: Readers = 'group'): Promise<void> {
    await this.remove(path);
    // 'wx' fails on anything that has come in between, a link too; the uplink's user is in the group.
    const file = await open(path, 'wx', readers === 'group' ? 0o640 : 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  rename(from: string, to: string): Promise<void> {
    return rename(from, to);
  }

  remove(path: string): Promise<void> {
    return rm(path, { force: true });
  }

  async syncDirectory(path: string): Promise<void> {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }

  watch(directory: string, listener: () => void): () => void {
    const watcher = watch(directory, listener);
    // Whoever lists the directory next meets the reason.
    watcher.on('error', listener);
    return () => watcher.close();
  }
}
