import type { ChoiceStore } from '../../src/interlock/interlock-keeper.ts';
import type { Clock } from '../../src/time/clock.ts';
import { type DoorLineNumbers, DoorLines } from '../gpio/door-lines.ts';
import type { Gpio } from '../gpio/gpio.ts';
import type { Mark } from './fingerprint-marks.ts';

export interface BlinkParts {
  readonly gpio: Gpio;
  readonly lines: DoorLineNumbers;
  readonly clock: Clock;
  readonly choice: ChoiceStore;
  /** Ends it before its time. */
  readonly signal: AbortSignal;
}

export interface Blinked {
  readonly end: 'told' | 'pressed' | 'aborted';
  /** Whether the sense line, or the sign's own output, ever showed it lit. */
  readonly wasSeen: boolean;
}

/**
 * Blinks with the sign. It has the door's lines, which `vision` cannot watch without, so that no sensor is open
 * meanwhile; and each time the sign is lit is too short to be taken for watching. A press ends it at once, and is a
 * resident's choice as ever (promise P2).
 * @throws GpioError; the disk's error when the choice cannot be saved
 */
export async function blink(marks: readonly Mark[], parts: BlinkParts): Promise<Blinked> {
  const { gpio, lines: numbers, clock, choice, signal } = parts;
  const over = Promise.withResolvers<Blinked['end']>();
  signal.addEventListener('abort', () => over.resolve('aborted'));
  if (signal.aborted) over.resolve('aborted');
  let wasSeen = false;
  const lines = await DoorLines.open(gpio, numbers, clock, {
    button: (pressed) => pressed && over.resolve('pressed'),
    stuck: () => {},
    sense: (lit) => {
      wasSeen ||= lit;
    },
    failed: (error) => over.reject(error),
  });
  try {
    const end = await Promise.race([over.promise, shown(marks, lines, clock, over.promise)]);
    lines.setSign(false);
    if (end === 'pressed') await choice.save(true);
    return { end, wasSeen };
  } finally {
    await lines.close();
  }
}

async function shown(
  marks: readonly Mark[],
  lines: DoorLines,
  clock: Clock,
  over: Promise<Blinked['end']>,
): Promise<'told'> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  over.then(end, end);
  const pass = (milliseconds: number) =>
    new Promise<void>((resolve) => void clock.after(milliseconds, resolve));
  for (const { litMs, darkMs } of marks) {
    for (const [lit, milliseconds] of [
      [true, litMs],
      [false, darkMs],
    ] as const) {
      if (isOver) return 'told';
      lines.setSign(lit);
      await pass(milliseconds);
    }
  }
  return 'told';
}
