import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Holds a page against the rules for accessible pages that a machine can check. */
export async function axeFindsNothing(page: Page): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => [id, impact, ...nodes.map(({ html }) => html)].join(' ')))`,
  );
  expect(violations).toEqual([]);
}
