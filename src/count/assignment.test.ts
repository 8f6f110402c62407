import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Assignment } from './assignment.ts';

/** The least cost by trying everything. */
function leastCost(costs: readonly (readonly number[])[], unpaired: number, taken = 0, row = 0): number {
  const own = costs[row];
  if (!own) return 0;
  let least = unpaired + leastCost(costs, unpaired, taken, row + 1);
  for (const [column, cost] of own.entries()) {
    if (taken & (1 << column)) continue;
    least = Math.min(least, cost + leastCost(costs, unpaired, taken | (1 << column), row + 1));
  }
  return least;
}

function solved(assignment: Assignment, costs: readonly (readonly number[])[], unpaired: number): number[] {
  assignment.begin(costs[0]?.length ?? 0);
  for (const [row, own] of costs.entries()) {
    for (const [column, cost] of own.entries()) assignment.setCost(row, column, cost);
  }
  assignment.solve(costs.length, unpaired);
  return [...assignment.columnOf.subarray(0, costs.length)];
}

describe('pairing rows with columns', () => {
  const assignment = new Assignment(6, 6);

  it('costs as little as any pairing does, whatever was paired before', () => {
    const problem = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.integer({ min: -5, max: 40 }), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(problem, fc.integer({ min: 0, max: 30 }), (costs, unpaired) => {
        const columns = solved(assignment, costs, unpaired);
        const used = columns.filter((column) => column >= 0);
        expect(new Set(used).size).toBe(used.length);
        const cost = columns.reduce(
          (sum, column, row) => sum + (column < 0 ? unpaired : costs[row]![column]!),
          0,
        );
        expect(cost).toBe(leastCost(costs, unpaired));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a row alone rather than make a pair that costs more, or one that has no cost', () => {
    expect(solved(assignment, [[11], [9]], 10)).toEqual([-1, 0]);
    expect(solved(assignment, [[Number.NaN, Number.POSITIVE_INFINITY]], 10)).toEqual([-1]);
  });
});
