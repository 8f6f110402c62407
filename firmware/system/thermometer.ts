import { readFile } from 'node:fs/promises';

/** How hot the processor is. */
export interface Thermometer {
  /** Degrees Celsius; undefined where that cannot be known. Never rejects. */
  celsius(): Promise<number | undefined>;
}

const ZONE = '/sys/class/thermal/thermal_zone0';
/** What the kernel calls the zone of a Raspberry Pi's processor. Those of a PC have other names, and other limits. */
const TYPE = 'cpu-thermal';

/** The processor's own sensor, as Linux tells of it (Documentation/driver-api/thermal/sysfs-api.rst, in thousandths). */
export class SocThermometer implements Thermometer {
  readonly #zone: string;

  /** @param zone the folder of another zone, in tests */
  constructor(zone = ZONE) {
    this.#zone = zone;
  }

  async celsius(): Promise<number | undefined> {
    try {
      const type = await readFile(`${this.#zone}/type`, 'utf8');
      if (type.trim() !== TYPE) return undefined;
      const degrees = Number.parseInt(await readFile(`${this.#zone}/temp`, 'utf8'), 10) / 1_000;
      return Number.isNaN(degrees) ? undefined : degrees;
    } catch {
      // No such zone, or one that is switched off: heat then shows as load.
      return undefined;
    }
  }
}
