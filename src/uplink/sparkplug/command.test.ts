import { describe, expect, test } from 'vitest';
import { writePayload } from '../../../test/reference/sparkplug-standard.ts';
import { asksForRebirth, REBIRTH } from './command.ts';

const rebirth = { name: REBIRTH, booleanValue: true };
const isRefused = expect.objectContaining({ code: 'COMMAND_MALFORMED' });

describe('a node command', () => {
  test('tck-id-operational-behavior-data-commands-ncmd-rebirth-name, tck-id-operational-behavior-data-commands-ncmd-rebirth-value: asks for a rebirth by name and value', () => {
    expect(asksForRebirth(writePayload([rebirth]))).toBe(true);
    expect(asksForRebirth(writePayload([{ ...rebirth, booleanValue: false }]))).toBe(false);
    expect(asksForRebirth(writePayload([{ ...rebirth, name: 'node control/rebirth' }]))).toBe(false);
    expect(asksForRebirth(writePayload([]))).toBe(false);
  });

  test('may hold what a full host sends along: types, times, aliases, properties and other metrics', () => {
    const full = { ...rebirth, datatype: 11, timestamp: 1_700_000_000_000, alias: 7, properties: 'CgA=' };
    const others = [
      { name: 'Node Control/Scan Rate', intValue: 5 },
      { alias: 3, stringValue: 'on' },
    ];
    expect(asksForRebirth(writePayload([...others, full], { seq: 3, uuid: 'x', body: 'AA==' }))).toBe(true);
  });

  test('is refused over 4 KiB, before it is read', () => {
    expect(asksForRebirth(writePayload([rebirth], { uuid: 'x'.repeat(4000) }))).toBe(true);
    expect(() => asksForRebirth(writePayload([rebirth], { uuid: 'x'.repeat(4100) }))).toThrow(isRefused);
  });

  test('is refused with more than 64 metrics', () => {
    const metrics = Array.from({ length: 64 }, () => rebirth);
    expect(asksForRebirth(writePayload(metrics))).toBe(true);
    expect(() => asksForRebirth(writePayload([...metrics, rebirth]))).toThrow(isRefused);
  });

  test('is refused when it is cut, or claims more than there is', () => {
    const bytes = writePayload([rebirth]);
    for (let length = 1; length < bytes.length; length++) {
      // Cut between two fields of the payload it is still one, but without the metric.
      try {
        expect(asksForRebirth(bytes.slice(0, length))).toBe(false);
      } catch (error) {
        expect(error).toEqual(isRefused);
      }
    }
    const endless = Uint8Array.of(0x12, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3);
    expect(() => asksForRebirth(endless)).toThrow(isRefused);
  });
});
