import { expect, it } from 'vitest';
import { AckOrder } from './ack-order.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('acknowledges in the order of coming', async () => {
  const sent: (readonly number[])[] = [];
  const order = new AckOrder((ids) => sent.push(ids));
  const [first, second, third, fourth] = [7, 8, 9, 10].map((id) => order.came(id));
  second!();
  third!();
  await settled();
  expect(sent).toEqual([]);
  first!();
  await settled();
  expect(sent).toEqual([[7, 8, 9]]);
  expect(order.waiting).toBe(1);
  fourth!();
  await settled();
  expect(sent).toEqual([[7, 8, 9], [10]]);
  expect(order.waiting).toBe(0);
});

it('acknowledges together what was kept together, though each is told of by its own promise', async () => {
  const sent: (readonly number[])[] = [];
  const order = new AckOrder((ids) => sent.push(ids));
  const batch = [1, 2, 3, 4].map((id) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    promise.then(() => {}).then(order.came(id));
    return resolve;
  });
  for (const kept of batch) kept();
  await settled();
  expect(sent).toEqual([[1, 2, 3, 4]]);
});

it('acknowledges at once what is due, when it is told to', async () => {
  const sent: (readonly number[])[] = [];
  const order = new AckOrder((ids) => sent.push(ids));
  const [first] = [1, 2].map((id) => order.came(id));
  first!();
  order.sendDue();
  order.sendDue();
  await settled();
  expect(sent).toEqual([[1]]);
});

it('waits for what wants no acknowledgement, and gives none', async () => {
  const sent: (readonly number[])[] = [];
  const order = new AckOrder((ids) => sent.push(ids));
  const [first, second] = [undefined, 2].map((id) => order.came(id));
  expect(order.waiting).toBe(2);
  second!();
  await settled();
  expect(sent).toEqual([]);
  first!();
  await settled();
  expect(sent).toEqual([[2]]);
  expect(order.waiting).toBe(0);
});
