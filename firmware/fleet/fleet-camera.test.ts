import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../src/monitor/alarms/claims.ts';
import { receiveReport } from '../../src/monitor/received-report.ts';
import { receiveStatus } from '../../src/monitor/received-status.ts';
import { fingerprint } from '../../src/wire/fingerprint.ts';
import { FLEET_FAULTS, FleetCamera } from './fleet-camera.ts';

const start = Date.UTC(2026, 0, 5, 14) / 1_000;

describe('a simulated camera', () => {
  it('is the same for the same seed, and another for every other', () => {
    const [one, same, next, other] = [
      new FleetCamera(1, 5, false),
      new FleetCamera(1, 5, false),
      new FleetCamera(1, 6, false),
      new FleetCamera(2, 5, false),
    ];
    expect(one!.report(start, 3600)).toEqual(same!.report(start, 3600));
    const keys = [one, next, other].map((camera) => fingerprint(camera!.signer.publicKey));
    expect(new Set(keys).size).toBe(3);
    expect(one!.address).toEqual({ site: 'fleet-0', device: 'door-5' });
  });

  it('sends what a true one could have sent, with counts that differ from hour to hour', () => {
    const camera = new FleetCamera(1, 25, false);
    const counts = Array.from({ length: 24 }, (_, hour) => {
      const bytes = camera.report(start + 3600 * hour, 3600);
      const { report, signedBy } = receiveReport('lintel/v1/fleet-1/door-5/report/window', bytes);
      expect(claimsOf(report)).toEqual([]);
      expect(signedBy).toBe(fingerprint(camera.signer.publicKey));
      return report.in.value;
    });
    expect(new Set(counts).size).toBeGreaterThan(12);
    const { status } = receiveStatus('lintel/v1/fleet-1/door-5/status', camera.status(start));
    expect(status).toMatchObject({ state: 'running', timeSeconds: start });
  });

  it('has a fault in one of ten, of every kind', () => {
    const faults = Array.from({ length: 40 }, (_, number) => new FleetCamera(1, number, true).fault);
    expect(faults.filter((fault) => fault !== undefined)).toEqual([...FLEET_FAULTS]);
    const ahead = new FleetCamera(1, 20, true);
    const { report } = receiveReport('lintel/v1/fleet-1/door-0/report/window', ahead.report(start, 60));
    expect(report.windowStartSeconds).toBe(start + 3600);
  });
});
