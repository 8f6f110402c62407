/**
 * Makes the pictures of the monitor's page: all of them in `build/monitor-page`, those of the documents in `docs`.
 *
 *   node test/browser/pictures.ts
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Ffmpeg } from '../../firmware/media/ffmpeg.ts';
import { openChromium } from './chromium.ts';
import { MonitorRig } from './monitor-rig.ts';
import { fillStreet } from './street.ts';

const ROOT = join(import.meta.dirname, '../..');
const DRAFTS = join(ROOT, 'build/monitor-page');
const VIEWS = [
  ['cameras', '/', 'table.cameras tbody tr'],
  ['counts', '/counts?site=riverside-12&device=lobby', '.chart canvas'],
] as const;
const SIZES = [
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'desktop', viewport: { width: 1280, height: 960 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'wall', viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' },
] as const;
/** Those in the documents, and how wide. */
const KEPT = { 'cameras-desktop': 1280, 'counts-desktop-dark': 1280, 'cameras-phone': 390 };

await mkdir(DRAFTS, { recursive: true });
const rig = await MonitorRig.start();
await fillStreet(rig);
// Whoever looks comes later than what was heard before.
await rig.clock.advance(1_001);
const browser = await openChromium();
for (const size of SIZES) await draw(browser, size);
await browser.close();
await rig.close();
for (const [name, width] of Object.entries(KEPT)) {
  await shrink(join(DRAFTS, `${name}.png`), join(ROOT, `docs/monitor-${name}.png`), width);
}

async function draw(browser: Browser, { name, ...options }: (typeof SIZES)[number]): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (const [view, path, sign] of VIEWS) {
    await page.goto(rig.url + path);
    await page.locator(sign).first().waitFor();
    await page.screenshot({ path: join(DRAFTS, `${view}-${name}.png`) });
  }
  await context.close();
}

/** A page has few colours. */
async function shrink(from: string, to: string, width: number): Promise<void> {
  await rm(to, { force: true });
  const filter = `scale=${width}:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none`;
  const program = new Ffmpeg(
    to,
    ['-y', '-i', from, '-filter_complex', filter, '-frames:v', '1', to],
    'stdout',
  );
  program.process.stdout!.resume();
  await program.finished();
}
