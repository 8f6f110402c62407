import { expect, it } from 'vitest';
import type { DeviceView } from './device-view.ts';
import { REQUIREMENTS } from './requirement-rows.ts';

const WALLS = { LimitFSIZE: '65536', PrivateNetwork: 'yes' };

function statesWith(walls: Readonly<Record<string, string>>): string[] {
  const view = {
    settings: { broker: { url: 'mqtts://broker.example', certificate: 'camera.pem' } },
    facts: { settingsSha256: new Uint8Array(32) },
    evidence: {
      value: {
        summary: { records: 1, signedRecords: 1 },
        lastStart: { software: '0.1.0', program: '', models: '', settings: '' },
      },
    },
    service: { value: { ...WALLS, ...walls } },
  } as unknown as DeviceView;
  return ['R1', 'R14'].map((id) => REQUIREMENTS.find((row) => row.id === id)!.here(view).state);
}

it('a service that lets vision write a picture, or reach a network, is wrong', () => {
  expect(statesWith({})).toEqual(['shown', 'shown']);
  expect(statesWith({ LimitFSIZE: '4096' })).toEqual(['shown', 'shown']);
  expect(statesWith({ LimitFSIZE: 'infinity' })).toEqual(['wrong', 'shown']);
  expect(statesWith({ LimitFSIZE: '65537' })).toEqual(['wrong', 'shown']);
  expect(statesWith({ PrivateNetwork: 'no' })).toEqual(['shown', 'wrong']);
});
