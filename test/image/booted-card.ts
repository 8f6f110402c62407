import { setTimeout as delay } from 'node:timers/promises';
import { LintelError } from '../../src/lintel-error.ts';
import { Machine, MachineError } from '../device/machine/machine.ts';
import { type ImageMachine, imageMachine } from './image-machine.ts';

const BOOT_MS = 600_000;
const COMMAND_MS = 900_000;
const CONSOLE_MS = 1_800_000;
const LOOK_MS = 200;
const EVIDENCE = '/var/lib/lintel/state/evidence';

export interface Ledger {
  readonly key: string;
  /** Base64. */
  readonly checkpoint: string;
}

/** A camera that was started from a card, as a test sees it: from outside, and by commands on the inside. */
export class BootedCard implements AsyncDisposable {
  readonly machine: Machine;

  static async start(options: ImageMachine): Promise<BootedCard> {
    return new BootedCard(await Machine.start(await imageMachine(options), BOOT_MS));
  }

  private constructor(machine: Machine) {
    this.machine = machine;
  }

  /** What a command in it prints. @throws MachineError when it fails */
  async says(command: string, deadlineMs = COMMAND_MS): Promise<string> {
    const { status, output } = await this.machine.run(['bash', '-c', command], deadlineMs);
    if (status === 0) return output.trim();
    throw new MachineError(
      'MACHINE_STOPPED',
      `'${command}' ended with ${status}: ${output}`,
      await this.machine.console(),
    );
  }

  async fails(command: string): Promise<string> {
    const { status, output } = await this.machine.run(['bash', '-c', command], COMMAND_MS);
    if (status !== 0) return output.trim();
    throw new MachineError(
      'MACHINE_STOPPED',
      `'${command}' did not fail: ${output}`,
      await this.machine.console(),
    );
  }

  /** Resolves when the camera watches. */
  async watching(): Promise<void> {
    await this.says(
      'until [ "$(systemctl show --value -p StatusText lintel-vision)" = watching ]; do sleep 1; done',
    );
  }

  /** The level that the simulator has on the line of the sign. */
  async sign(): Promise<string> {
    return this.says('cat /sys/devices/platform/gpio-sim.*/gpiochip*/sim_gpio17/value');
  }

  slot(): Promise<string> {
    return this.says('/usr/lib/lintel-image/slots get-current');
  }

  /** As the program says it. */
  async fingerprint(): Promise<string> {
    const said = await this.#lintel('identity --json --settings /etc/lintel/lintel.toml');
    return JSON.parse(said).fingerprint;
  }

  /** The key, and what it has signed. */
  async ledger(): Promise<Ledger> {
    const key = await this.says(`ls ${EVIDENCE}`);
    return { key, checkpoint: await this.says(`base64 -w0 ${EVIDENCE}/${key}/checkpoint`) };
  }

  /** How many records there are, all of which hold, and continue those of before. @throws MachineError when they do not */
  async recordsSince({ key, checkpoint }: Ledger): Promise<number> {
    await this.says(`echo ${checkpoint} | base64 -d >/tmp/before`);
    const said = await this.#lintel(`verify ${EVIDENCE}/${key} --key ${key} --checkpoint /tmp/before --json`);
    return JSON.parse(said).records;
  }

  /** Resolves when it takes commands again, after it was started anew. @param beforeMs how long that may be from now */
  async ready(beforeMs = 0): Promise<void> {
    await this.machine.ready(beforeMs + BOOT_MS);
  }

  /** Starts anew, in order. */
  async restart(): Promise<void> {
    await this.says('systemctl --no-block reboot');
    await this.ready();
  }

  /** Resolves when the console has this so many times, from the first start on. @throws LintelError NOT_SAID */
  async saidOnConsole(text: string, times = 1): Promise<void> {
    for (const late = performance.now() + CONSOLE_MS; performance.now() < late; await delay(LOOK_MS)) {
      if ((await this.machine.console()).split(text).length > times) return;
    }
    const said = (await this.machine.console()).slice(-4_000);
    throw new LintelError('NOT_SAID', `the console has no '${text}': ${said}`);
  }

  /** Asked again when Node has ended itself by a trap (133): docs/decisions/0033-image-and-updates.md. */
  #lintel(command: string): Promise<string> {
    const run = `lintel ${command} 2>/tmp/said; code=$?`;
    return this.says(
      `for t in 1 2 3; do ${run}; [ $code = 133 ] || break; done; [ $code = 0 ] || cat /tmp/said; exit $code`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machine[Symbol.asyncDispose]();
  }
}
