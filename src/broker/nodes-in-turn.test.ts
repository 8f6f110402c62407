import { expect, it } from 'vitest';
import { NodesInTurn } from './nodes-in-turn.ts';

it('begins with any, and has every other one before the same again', () => {
  const begun = [0, 0.34, 0.99].map((random) => {
    const nodes = new NodesInTurn(['a', 'b', 'c'], random);
    return Array.from({ length: 4 }, () => {
      const node = nodes.current;
      nodes.turn();
      return node;
    }).join('');
  });
  expect(begun).toEqual(['abca', 'bcab', 'cabc']);
});
