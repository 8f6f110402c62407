import type { DeviceAddress } from '../wire/report-topic.ts';

/** Whoever writes into the store says here at which door; whoever shows it listens. */
export class DoorChanges {
  readonly #listeners = new Set<(door: DeviceAddress) => void>();

  /** @returns a function that ends it */
  onChange(listener: (door: DeviceAddress) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(doors: Iterable<DeviceAddress>): void {
    for (const { site, device } of doors) for (const listener of this.#listeners) listener({ site, device });
  }
}
