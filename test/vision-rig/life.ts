import type { Disk } from '../../src/disk/disk.ts';
import type { Clock } from '../../src/time/clock.ts';

/** The time of one run of a program: after its end no timer of it fires, and so nothing it waits for comes. */
export class Life implements Clock {
  readonly #clock: Clock;
  #lasts = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  wallMs(): number {
    return this.#clock.wallMs();
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.#clock.after(delayMs, () => this.#lasts && callback());
  }

  pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.after(milliseconds, resolve));
  }

  end(): void {
    this.#lasts = false;
  }
}

/** A disk as one run of a program has it: each step takes a while, and none is begun after the run's end. */
export class DiskOfLife implements Disk {
  readonly #disk: Disk;
  readonly #life: Life;
  readonly #stepMs: number;

  constructor(disk: Disk, life: Life, stepMs: number) {
    this.#stepMs = stepMs;
    this.#disk = disk;
    this.#life = life;
  }

  makeDirectory(path: string): Promise<void> {
    return this.#step(() => this.#disk.makeDirectory(path));
  }

  list(directory: string): Promise<string[]> {
    return this.#step(() => this.#disk.list(directory));
  }

  read(path: string, maxBytes: number): Promise<Uint8Array> {
    return this.#step(() => this.#disk.read(path, maxBytes));
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return this.#step(() => this.#disk.write(path, bytes));
  }

  rename(from: string, to: string): Promise<void> {
    return this.#step(() => this.#disk.rename(from, to));
  }

  remove(path: string): Promise<void> {
    return this.#step(() => this.#disk.remove(path));
  }

  syncDirectory(path: string): Promise<void> {
    return this.#step(() => this.#disk.syncDirectory(path));
  }

  watch(directory: string, listener: () => void): () => void {
    return this.#disk.watch(directory, listener);
  }

  async #step<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#life.pass(this.#stepMs);
    return work();
  }
}
