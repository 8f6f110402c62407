import { expect, it } from 'vitest';
import { receiveReport } from '../../../src/monitor/received-report.ts';
import { Mosquitto } from '../../integration/uplink-mosquitto.ts';
import { startProgram } from '../../integration/uplink-program.ts';
import { recordAll } from '../../integration/uplink-received.ts';
import { CameraVision } from './camera-vision.ts';

// One after the other: of tests that run at once, the first to end would end the programs of all of them.
it.each([
  ['native', "libcamera's own interface"],
  ['libcamera', 'node-libcamera with /usr/bin/cam'],
])(
  'photographs that a real libcamera shows become a signed report at a broker, through the driver %s',
  async (driver, by) => {
    const broker = await Mosquitto.prepare();
    await broker.start();
    const received = await recordAll(broker.url);
    const vision = await CameraVision.start(driver);
    const { camera, why, key } = await vision.said((line) => line.msg === 'started');
    expect({ camera, why }).toEqual({ camera: driver, why: expect.stringContaining(by) });
    const uplink = startProgram(broker.url, vision.spool, { site: 'house', device: driver });
    const report = await received.until(() =>
      received.packets
        .filter(({ topic }) => topic.includes('/report/'))
        .map(({ topic, payload }) => receiveReport(topic, Buffer.from(payload)))
        .find(({ report }) => report.coveragePercent > 0),
    );
    expect(report).toMatchObject({ site: 'house', device: driver, signedBy: key });
    expect(report.report).toMatchObject({ level: 'window', windowSeconds: 5 });
    await vision.end();
    expect(await uplink.end('SIGTERM')).toBe(0);
  },
);
