import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { settingsExample } from '../config/settings-example.ts';
import { editSection } from './edit-settings.ts';

const line = [
  [0.1, 0.2],
  [0.3, 0.4],
];

describe('changing a section of a settings file', () => {
  it('changes the value and nothing else: comments and the order of keys stay', () => {
    const text =
      "# ours\n[doorway]\nline = [[0, 0], # left\n  [1, 1]] # right\nin_side = 'left-to-right' # in\n";
    expect(editSection(text, 'doorway', { line })).toBe(
      "# ours\n[doorway]\nline = [ [ 0.1, 0.2 ], [ 0.3, 0.4 ] ]\nin_side = 'left-to-right' # in\n",
    );
  });

  it('adds a key that is not there, and the section too', () => {
    expect(parse(editSection('[camera]\nwidth = 640\n', 'doorway', { line }))).toEqual({
      camera: { width: 640 },
      doorway: { line },
    });
    expect(editSection('[doorway] # here\n\n[lines]\n', 'doorway', { area: [] })).toBe(
      '[doorway] # here\narea = []\n\n[lines]\n',
    );
  });

  it('takes a file whose lines end as those of Windows do', () => {
    const text = '[doorway] # here\r\nline = [[0, 0], # left\r\n  [1, 1]]\r\n[lines]\r\n';
    expect(parse(editSection(text, 'doorway', { line }))).toEqual({ doorway: { line }, lines: {} });
  });

  it('leaves a key of the same name in another section, and one in a comment', () => {
    const text = '[doorway]\n# line = 1\n[other]\nline = 2\n';
    expect(parse(editSection(text, 'doorway', { line }))).toEqual({ doorway: { line }, other: { line: 2 } });
  });

  it('changes every key of the example file to whatever it is given', () => {
    const point = fc.tuple(fc.double({ min: 0, max: 1 }), fc.double({ min: 0, max: 1 }));
    const values = fc.record(
      { line: fc.tuple(point, point), in_side: fc.string(), area: fc.array(point, { maxLength: 4 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, values, (first, second) => {
        const twice = editSection(editSection(settingsExample(), 'doorway', first), 'doorway', second);
        expect(parse(twice).doorway).toMatchObject(parse(stringify({ ...first, ...second })));
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it.each([
    ["doorway = { line = [[0, 0], [1, 1]], in_side = 'left-to-right' }\n"],
    ['doorway.line = [[0, 0], [1, 1]]\n'],
    ['[doorway]\n"line" = [[0, 0], [1, 1]]\n'],
    ['[doorway]\nin_side = """\nline = [\n"""\n'],
  ])('says so when a file is written in another way: %s', (text) => {
    expect(() => editSection(text, 'doorway', { line })).toThrow(
      expect.objectContaining({ code: 'SETTINGS_EDIT' }),
    );
  });
});
