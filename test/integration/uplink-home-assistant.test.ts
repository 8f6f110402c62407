import { describe, expect, test } from 'vitest';
import { signedStatus } from '../../src/wire/example-signer.ts';
import { type Heard, Listener, latestWindow, startCamera } from './profile-rig.ts';

const AVAILABILITY = 'lintel/v1/hall/front/availability';
const json = ({ payload }: Heard) => JSON.parse(payload.toString());
const said = ({ payload }: Heard) => payload.toString();

describe('a camera as a device of Home Assistant, with a real Mosquitto', () => {
  test('is found by who comes later, with its states, and is offline when it is killed', async () => {
    const camera = await startCamera('home-assistant');
    await camera.release(latestWindow());
    await camera.status(signedStatus());
    const program = camera.start();
    await program.said('delivered');
    const { listener } = await Listener.start(camera.broker.url, '#');
    const [config] = await listener.has(1, 'homeassistant/device/lintel__hall__front/config');
    const { components } = json(config!);
    const [state] = await listener.has(1, components.window_in.state_topic);
    expect(json(state!)).toMatchObject({ count_in: 23, count_out: null });
    expect((await listener.has(1, components.problem.state_topic)).map(json)).toMatchObject([
      { state: 'running' },
    ]);
    expect((await listener.has(1, AVAILABILITY)).map(said)).toEqual(['online']);
    for (const { retain } of listener.heard) expect(retain).toBe(true);
    await program.end('SIGKILL');
    expect((await listener.has(2, AVAILABILITY)).map(said)).toEqual(['online', 'offline']);
    const later = await Listener.start(camera.broker.url, AVAILABILITY);
    expect((await later.listener.has(1, AVAILABILITY)).map(said)).toEqual(['offline']);
  });

  test('shows itself again when Home Assistant has started, and says goodbye', async () => {
    const camera = await startCamera('home-assistant');
    const { listener, say } = await Listener.start(camera.broker.url, '#');
    const program = camera.start();
    await listener.has(1, AVAILABILITY);
    await say('homeassistant/status', 'offline');
    await say('homeassistant/status', 'online');
    const [first, second] = await listener.has(2, '/config');
    expect(json(second!)).toEqual(json(first!));
    await listener.has(2, AVAILABILITY);
    expect(await program.end('SIGTERM')).toBe(0);
    expect((await listener.has(3, AVAILABILITY)).map(said)).toEqual(['online', 'online', 'offline']);
  });

  test('delivers reports of the past without showing them as the present', async () => {
    const camera = await startCamera('home-assistant');
    const { listener } = await Listener.start(camera.broker.url, 'lintel/v1/#');
    for (const hoursAgo of [3, 2, 0]) await camera.release(latestWindow(hoursAgo));
    camera.start();
    await listener.has(3, 'report/window');
    expect((await listener.has(1, 'json/window')).length).toBe(1);
  });
});
