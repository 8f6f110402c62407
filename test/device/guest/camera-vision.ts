import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'smol-toml';
import { layout } from '../camera/layout.ts';
import { PICTURES, plugIn } from '../camera/virtual-camera.ts';
import { figure } from '../guest-report.ts';
import { monotonicMs } from '../sim/line-observer.ts';
import { SimChip } from '../sim/sim-chip.ts';
import { SimLamp } from '../sim/sim-lamp.ts';
import { NO_AIMING } from '../vision/no-aiming.ts';

const lines = { button: 4, sign: 5, sense: 6, assist: 7 };
const folder = '/tmp/camera-door';
const MOST_STARTS = 3;
/** For the guard of one that was ended to let go of the lines. */
const SETTLE_MS = 10_000;
const deadlineMs = 180_000;

test('vision chooses the driver native by itself, has the camera open under a lit sign only, and closes it at a press', async () => {
  plugIn({ pictures: join(PICTURES, 'photos'), width: layout.width, height: layout.height });
  using chip = SimChip.plug();
  await using _ = await SimLamp.wire(chip, lines.sign, lines.sense);
  chip.drive(lines.button, 0);
  const { vision, log } = await open(chip.label);
  try {
    assert.match(log, /"camera":"native"/);
    const look = () => {
      // First the camera: the sign is lit before it and goes out after it.
      const isOpen = hasBuffers(vision);
      const isLit = chip.level(lines.sign) === 1;
      assert.ok(isLit || !isOpen || !hasBuffers(vision), 'the camera is open under a dark sign');
      return { isOpen, isLit };
    };
    for (let round = 0; round < 3; round++) {
      await until(look, ({ isOpen }) => isOpen);
      const pressedMs = monotonicMs();
      chip.drive(lines.button, 1);
      await until(look, ({ isOpen }) => !isOpen);
      figure('press to every buffer gone', `${(monotonicMs() - pressedMs).toFixed(0)} ms`);
      await until(look, ({ isLit }) => !isLit);
      // A release and another press come back.
      for (const level of [0, 1, 0] as const) {
        chip.drive(lines.button, level);
        await sleep(500);
      }
    }
    await until(look, ({ isOpen }) => isOpen);
    const exit = once(vision, 'exit');
    vision.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
    assert.equal(chip.level(lines.sign), 0);
  } finally {
    vision.kill('SIGKILL');
  }
});

function start(chip: string): ChildProcess {
  mkdirSync(folder, { recursive: true });
  const settings = {
    site: { name: 'house', device: 'door', place: 'lobby', purpose: 'Counting.' },
    camera: { width: layout.width, height: layout.height },
    doorway: {
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
      in_side: 'left-to-right',
    },
    lines: { driver: 'onoff', chip, ...lines },
    paths: { spool: 'spool', state: 'state', aim: NO_AIMING },
  };
  writeFileSync(join(folder, 'lintel.toml'), stringify(settings));
  const program = join(import.meta.dirname, '../vision/quick-vision.ts');
  return spawn(process.execPath, [program, join(folder, 'lintel.toml')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/**
 * Starts `vision` until it has its camera open. Emulated, a start may keep it from showing itself to its guard for so long
 * that the guard ends it: as a service it is started again then, and here too.
 */
async function open(chip: string): Promise<{ vision: ChildProcess; log: string }> {
  for (let starts = 0; starts < MOST_STARTS; starts++) {
    const vision = start(chip);
    let log = '';
    vision.stdout!.on('data', (part) => {
      log += part;
      process.stdout.write(part);
    });
    const ended = () => vision.exitCode !== null || vision.signalCode !== null;
    await until(() => ended() || hasBuffers(vision), Boolean);
    if (!ended()) return { vision, log };
    process.stdout.write(`start ${starts + 1} was ended\n`);
    await sleep(SETTLE_MS);
  }
  throw new Error(`vision was ended in each of ${MOST_STARTS} starts`);
}

/** Whether the program has DMA buffers mapped. */
function hasBuffers({ pid }: ChildProcess): boolean {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8').includes('dmabuf');
  } catch {
    return false; // the program is gone
  }
}

async function until<Sight>(look: () => Sight, wanted: (sight: Sight) => boolean): Promise<void> {
  const lateMs = monotonicMs() + deadlineMs;
  for (;;) {
    const sight = look();
    if (wanted(sight)) return;
    assert.ok(monotonicMs() < lateMs, `it stays so: ${JSON.stringify(sight)}`);
    await sleep(5);
  }
}
