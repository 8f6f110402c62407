import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReportTopic, reportTopic } from './report-topic.ts';

describe('a report topic', () => {
  test('names the building, the door and the level', () => {
    const topic = reportTopic({ site: 'hall', device: 'front' }, 'day');
    expect(topic).toBe('lintel/v1/hall/front/report/day');
    expect(parseReportTopic(topic)).toEqual({ site: 'hall', device: 'front', level: 'day' });
  });

  test.each(['', '+', '#', 'a/b', 'a b', '$SYS', '.', 'é', 'a'.repeat(65)])(
    "'%s' cannot name a site",
    (site) => {
      const isInvalid = expect.objectContaining({ code: 'ADDRESS_INVALID' });
      expect(() => reportTopic({ site, device: 'front' }, 'window')).toThrow(isInvalid);
      expect(parseReportTopic(`lintel/v1/${site}/front/report/window`)).toBeUndefined();
    },
  );

  test('any other topic is not that of a report', () => {
    expect(parseReportTopic('lintel/v1/hall/front/report/minute')).toBeUndefined();
    expect(parseReportTopic('lintel/v2/hall/front/report/day')).toBeUndefined();
    expect(parseReportTopic('lintel/v1/hall/front/report/day/more')).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (topic) => {
        expect(parseReportTopic(topic)).toBeUndefined();
      }),
    );
  });
});
