import { expect, it } from 'vitest';
import { exampleReport } from '../../wire/example-report.ts';
import { csvField, reportCsv } from './report-csv.ts';

it('has a line for each report, ended as RFC 4180 wants it, and an empty field where no count was told', () => {
  const report = exampleReport();
  expect(reportCsv([{ site: 'hall', device: 'front', report }])).toBe(
    'site,door,level,window_start,window_seconds,in,in_status,out,out_status,coverage_percent,noise_standard_deviation,suppressed_below\r\n' +
      'hall,front,window,2026-01-05T14:00:00.000Z,3600,23,published,,fewer-than-k,100,2,10\r\n',
  );
});

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "so"', '"say ""so"""'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
])('makes no formula of %j', (text, field) => {
  expect(csvField(text)).toBe(field);
});
