import { expect, it } from 'vitest';
import { AckOrder } from './ack-order.ts';

it('acknowledges in the order of coming, and together what is due at once', () => {
  const sent: (readonly number[])[] = [];
  const order = new AckOrder((ids) => sent.push(ids));
  const [first, second, third, fourth] = [7, 8, 9, 10].map((id) => order.came(id));
  second!();
  third!();
  expect(sent).toEqual([]);
  first!();
  expect(sent).toEqual([[7, 8, 9]]);
  expect(order.waiting).toBe(1);
  fourth!();
  expect(sent).toEqual([[7, 8, 9], [10]]);
  expect(order.waiting).toBe(0);
});
