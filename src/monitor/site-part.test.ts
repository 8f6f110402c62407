import { expect, it } from 'vitest';
import { SitePart } from './site-part.ts';

const topics = Array.from({ length: 3_000 }, (_, at) => `lintel/v1/site-${at}/front/report/window`);

it('puts every site into one part and no other, and about as many into each', () => {
  const parts = ['1/3', '2/3', '3/3'].map((text) => SitePart.parse(text)!);
  for (const topic of topics) expect(parts.filter((part) => part.has(topic)).length, topic).toBe(1);
  for (const part of parts) expect(topics.filter((topic) => part.has(topic)).length).toBeGreaterThan(900);
});

it("keeps a site's doors and messages together, today and after an update", () => {
  const [first, second] = [SitePart.parse('1/2')!, SitePart.parse('2/2')!];
  const ofHall = ['front/status', 'back/report/day'].map((rest) => `lintel/v1/hall/${rest}`);
  for (const topic of ofHall) expect([first.has(topic), second.has(topic)]).toEqual([false, true]);
  expect(first.has('lintel/v1/garden/front/status')).toBe(true);
});

it.each(['', '0/3', '4/3', '1/0', '1/100', '1', 'a/b', '1/3 '])("'%s' is no part", (text) => {
  expect(SitePart.parse(text)).toBeUndefined();
});
