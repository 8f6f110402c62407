import { expect, test } from 'vitest';
import { parseStatusTopic, statusTopic } from './status-topic.ts';

test('a status topic names the building and the door', () => {
  const topic = statusTopic({ site: 'hall', device: 'front' });
  expect(topic).toBe('lintel/v1/hall/front/status');
  expect(parseStatusTopic(topic)).toEqual({ site: 'hall', device: 'front' });
});

test.each([
  'lintel/v1/+/front/status',
  'lintel/v1/hall/front/status/x',
  'lintel/v1/hall/front/report/day',
  '',
])("'%s' is not the topic of a status", (topic) => {
  expect(parseStatusTopic(topic)).toBeUndefined();
});
