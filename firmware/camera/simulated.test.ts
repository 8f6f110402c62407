import { expect, it } from 'vitest';
import { I420Layout } from '../../src/frame/i420.ts';
import { SlotRing } from '../../src/frame/slot-ring.ts';
import { SimulatedClock } from '../../src/time/simulated-clock.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { cameraContract } from './camera.contract.ts';
import type { CameraEnd } from './camera.ts';
import { type SensorDid, SimulatedCamera } from './simulated.ts';

const layout = new I420Layout(16, 16);

cameraContract(
  'simulated',
  async () => new SimulatedCamera({ layout, framesPerSecond: 500, clock: new SystemClock() }),
);

cameraContract('simulated, slow to open and to close', async () => {
  const camera = new SimulatedCamera({ layout, framesPerSecond: 500, clock: new SystemClock() });
  Object.assign(camera.faults, { openMs: 5, closeMs: 5 });
  return camera;
});

it('a simulated camera goes on watching for as long as it takes to close', async () => {
  const clock = new SimulatedClock();
  const seen: [SensorDid, number][] = [];
  const onSensor = (did: SensorDid) => void seen.push([did, clock.monotonicMs()]);
  const camera = new SimulatedCamera({ layout, framesPerSecond: 10, clock, onSensor });
  camera.faults.closeMs = 250;
  await camera.open(new SlotRing(layout), () => {});
  const closed = camera.close();
  await clock.advance(1_000);
  await closed;
  expect(seen).toEqual([
    ['opened', 0],
    ['was told to close', 0],
    ['took a frame', 100],
    ['took a frame', 200],
    ['closed', 250],
  ]);
});

it('a simulated camera fails to open, and ends by itself, as it is told to', async () => {
  const camera = new SimulatedCamera({ layout, framesPerSecond: 10, clock: new SimulatedClock() });
  const ends: CameraEnd[] = [];
  const open = () => camera.open(new SlotRing(layout), (end) => ends.push(end));
  camera.faults.open = true;
  await expect(open()).rejects.toMatchObject({ code: 'CAMERA_FAILED' });
  camera.faults.open = false;
  await open();
  camera.end({ reason: 'finished' });
  await camera.close();
  expect(ends).toEqual([{ reason: 'finished' }]);
});
