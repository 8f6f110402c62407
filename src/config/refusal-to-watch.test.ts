import { stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { PLACES, PRIVATE_PLACES } from './places.ts';
import { refusalToWatch } from './refusal-to-watch.ts';
import { parseSettings } from './settings.ts';

const PURPOSE = 'Counting visitors.';

/** Why settings that say this of the site are not watched with. */
function refused(driver: 'auto' | 'replay', site: { place?: string; purpose?: string }): string | undefined {
  const settings = {
    site: { name: 'house', device: 'door', ...site },
    camera: driver === 'replay' ? { driver, file: 'door.y4m' } : { driver },
    doorway: {
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
      in_side: 'left-to-right',
    },
  };
  return refusalToWatch(parseSettings(stringify(settings), 'lintel.toml'))?.message;
}

test.each(PLACES)('a camera at a %s may watch once its purpose is said', (place) => {
  expect(refused('auto', { place, purpose: PURPOSE })).toBeUndefined();
  expect(refused('auto', { place })).toMatch(/^nothing is watched: site.purpose: is missing; say /);
});

test('a camera may not watch before it is said where it is, and a recording may be watched', () => {
  expect(refused('auto', { purpose: PURPOSE })).toMatch(/^nothing is watched: site.place: is missing; name /);
  expect(refused('auto', {})).toMatch(/^nothing is watched: site.place: is missing; .*too: site.purpose$/);
  expect(refused('replay', {})).toBeUndefined();
});

test.each(PRIVATE_PLACES)('nothing is watched in a %s, whatever the purpose, nor is a recording', (place) => {
  for (const driver of ['auto', 'replay'] as const) {
    expect(refused(driver, { place, purpose: PURPOSE })).toContain(
      `a camera may not look into a ${place}: rules on face recognition forbid`,
    );
  }
});
