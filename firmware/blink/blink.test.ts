import { expect, it } from 'vitest';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { type OutputChange, SimulatedGpio } from '../gpio/simulated.ts';
import { type Blinked, blink } from './blink.ts';
import { fingerprintMarks } from './fingerprint-marks.ts';

const LINES = { sign: 17, sense: 27, button: 22, assist: 23, buttonNormally: 'closed' } as const;
const FINGERPRINT = fingerprint(new Uint8Array(32).map((_, at) => 7 * at));

/** A door whose sign blinks, and whoever writes down when it is lit. */
class BlinkingDoor {
  readonly clock = new SimulatedClock();
  readonly gpio = new SimulatedGpio(this.clock);
  readonly recording: OutputChange[] = [];
  readonly saved: boolean[] = [];
  readonly ending = new AbortController();
  readonly blinked: Promise<Blinked>;

  constructor() {
    this.gpio.wireLamp(LINES.sign, LINES.sense);
    this.gpio.onOutput((change) => void (change.line === LINES.sign && this.recording.push(change)));
    const choice = { save: async (optedOut: boolean) => void this.saved.push(optedOut) };
    this.blinked = blink(fingerprintMarks(FINGERPRINT), {
      gpio: this.gpio,
      lines: LINES,
      clock: this.clock,
      choice,
      signal: this.ending.signal,
    });
  }

  get litMs(): number[] {
    return this.recording.flatMap(({ level, atMs }, at) =>
      level === 1 ? (this.recording[at + 1]?.atMs ?? Number.POSITIVE_INFINITY) - atMs : [],
    );
  }
}

/** Reads a recording of the sign's levels as the page says, and knows nothing of how it was made. */
function decoded(recording: readonly OutputChange[]): string {
  let text = '';
  let digit = '';
  for (const [at, { level, atMs }] of recording.entries()) {
    const lasted = (recording[at + 1]?.atMs ?? Number.POSITIVE_INFINITY) - atMs;
    if (level === 1 && lasted > 150) digit += lasted > 400 ? '1' : '0';
    if (level === 0 && lasted > 600 && digit !== '') {
      text += Number.parseInt(digit, 2).toString(16);
      digit = '';
      if (lasted > 2_000) text += '-';
    }
  }
  return text.replace(/-$/, '');
}

it('a recording of the sign’s levels reads as the fingerprint, in under two and a half minutes', async () => {
  const door = new BlinkingDoor();
  await door.clock.advance(150_000);
  expect(await door.blinked).toEqual({ end: 'told', wasSeen: true });
  expect(decoded(door.recording)).toBe(FINGERPRINT);
  expect(door.recording.at(-1)).toMatchObject({ level: 0 });
  expect(door.saved).toEqual([]);
});

it('is never lit for as long as a sign that watches, and flickers first and last', async () => {
  const door = new BlinkingDoor();
  await door.clock.advance(150_000);
  const { litMs } = door;
  expect(Math.max(...litMs)).toBe(600);
  expect(litMs.slice(0, 10)).toEqual(new Array(10).fill(100));
  expect(litMs.slice(-10)).toEqual(new Array(10).fill(100));
  expect(litMs).toHaveLength(10 + 32 * 4 + 10);
});

it('has the lines to itself, so that nobody watches meanwhile, and gives them back', async () => {
  const door = new BlinkingDoor();
  await door.clock.advance(5_000);
  await expect(door.gpio.output(LINES.sign, 0)).rejects.toMatchObject({ code: 'GPIO_BUSY' });
  await door.clock.advance(150_000);
  await door.blinked;
  await expect(door.gpio.output(LINES.sign, 0)).resolves.toBeDefined();
});

it('ends at a press, which is kept as a choice', async () => {
  const door = new BlinkingDoor();
  await door.clock.advance(20_000);
  door.gpio.drive(LINES.button, 1);
  await door.clock.advance(100);
  expect(await door.blinked).toMatchObject({ end: 'pressed' });
  expect(door.saved).toEqual([true]);
  const marks = door.recording.length;
  await door.clock.advance(20_000);
  expect(door.recording).toHaveLength(marks);
  expect(door.gpio.level(LINES.sign)).toBe(0);
});

it('ends dark when it is asked to, and says whether the lamp was seen', async () => {
  const door = new BlinkingDoor();
  door.gpio.setLamp('dead');
  await door.clock.advance(20_000);
  door.ending.abort();
  await door.clock.advance(1_000);
  expect(await door.blinked).toEqual({ end: 'aborted', wasSeen: false });
  expect(door.gpio.level(LINES.sign)).toBe(0);
});

it('rejects, with the sign dark, when a line is lost', async () => {
  const door = new BlinkingDoor();
  const refused = expect(door.blinked).rejects.toMatchObject({ code: 'GPIO_IO' });
  await door.clock.advance(20_050);
  door.gpio.lose(LINES.button);
  await door.clock.advance(1_000);
  await refused;
  expect(door.gpio.level(LINES.sign)).toBe(0);
});
