import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/settings.ts';
import { AimRig } from './aim-rig.ts';
import { axeFindsNothing } from './axe.ts';
import { openChromium } from './chromium.ts';

const TIMEOUT_MS = 20_000;
const pictures = join(import.meta.dirname, '../../build/aim-page');

let browser: Browser;
let rig: AimRig;
let page: Page;
let wrongs: string[] = [];

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());
afterEach(async () => {
  await page?.context().close();
  await rig.close();
  expect([...rig.said, ...wrongs]).toEqual([]);
});

/** Resolves when the page shows a still. */
async function look(options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(TIMEOUT_MS);
  page = await context.newPage();
  wrongs = [];
  // What the content-security policy forbids is told here as well.
  page.on('console', (message) => message.type() === 'error' && wrongs.push(message.text()));
  page.on('pageerror', (error) => wrongs.push(error.message));
  await page.goto(rig.url);
  await page.getByAltText('What the camera sees').waitFor();
}

const end = (number: number) => page.getByRole('slider', { name: `Doorway line, end ${number}` });
const save = () => page.getByRole('button', { name: 'Save' }).click();
const saved = async () => (await loadSettings(rig.settings)).doorway;

describe('the page for aiming', () => {
  it('shows what the camera sees, as it changes, and sign, sense and button as they are tried', async () => {
    rig = await AimRig.start();
    await look();
    expect(await page.locator('#still').evaluate('still.naturalWidth')).toBe(640);
    await page.getByText('14 minutes left').waitFor();
    await page.getByText('● lit').waitFor();
    const next = page.waitForResponse((response) => response.url().includes('/still.jpg?2'));
    await rig.still();
    await rig.tell({ sense: 'dark', fault: 'check the lamp', button: 'down', presses: 6 });
    await next;
    await page.getByText('○ dark').waitFor();
    await page.getByText('▼ pressed, 6 presses').waitFor();
    await page.getByText('Fault: check the lamp.').waitFor();
  });

  it('says how sharp and how bright the picture is', async () => {
    rig = await AimRig.start();
    await look();
    await page.getByText('100 of 100').waitFor();
    await rig.tell({ hints: { sharpness: 30, histogram: [0.7, ...new Array(15).fill(0.02)] } });
    await page.getByText('25 of 100').waitFor();
    await page.getByText('Most of it is dark').waitFor();
    await page.getByRole('button', { name: 'Begin again' }).click();
    await page.getByText('100 of 100').waitFor();
    await rig.tell({ coveredWhole: true, hints: undefined });
    await page.getByText('This picture is covered whole').waitFor();
  });

  it('has the doorway line dragged, and saves it with the settings as they were written', async () => {
    rig = await AimRig.start();
    await look();
    const box = (await page.locator('#handles').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.1, { steps: 5 });
    await page.mouse.up();
    await page.getByLabel('People come in').selectOption('from right to left');
    await save();
    await page.getByText('It is used from the next start on').waitFor();
    const {
      from,
      to,
      in: side,
    } = (await saved()) as Extract<Awaited<ReturnType<typeof saved>>, { in: string }>;
    expect([from[0], from[1]]).toEqual([expect.closeTo(0.25, 2), expect.closeTo(0.1, 2)]);
    expect([to, side]).toEqual([[0.5, 1], 'left']);
    expect(await rig.savedText()).toContain('# The front door.');
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  });

  it('is worked with the keyboard alone', async () => {
    rig = await AimRig.start();
    await look();
    await tabTo(end(2));
    await page.keyboard.press('Shift+ArrowLeft');
    for (let steps = 0; steps < 4; steps++) await page.keyboard.press('ArrowUp');
    expect(await end(2).getAttribute('aria-valuetext')).toBe('45.0 % from the left, 98.0 % from the top');
    await tabTo(page.getByRole('checkbox', { name: 'See only a part' }));
    await page.keyboard.press('Space');
    await tabTo(page.getByRole('button', { name: 'Add a corner' }));
    await page.keyboard.press('Enter');
    expect(await page.getByRole('slider').count()).toBe(7);
    await tabTo(page.getByRole('button', { name: 'Save' }));
    await page.keyboard.press('Enter');
    await page.getByText('It is used from the next start on').waitFor();
    expect(await saved()).toEqual({ from: [0.5, 0], to: [0.45, 0.98], in: 'right' });
    expect((await loadSettings(rig.settings)).area).toHaveLength(5);
  });

  it('tells what the settings refuse, and has changes undone', async () => {
    rig = await AimRig.start();
    await look();
    await page.getByLabel('People come in').selectOption('from top to bottom');
    await save();
    await page.getByRole('alert').filter({ hasText: 'does not lead across the line' }).waitFor();
    expect(await saved()).toMatchObject({ in: 'right' });
    await page.getByRole('button', { name: 'Undo all changes' }).click();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await page.locator('#refused').textContent()).toBe('');
    // What was refused is told as an error by the browser, too.
    expect(wrongs.splice(0)).toEqual([expect.stringContaining('422')]);
  });

  it('says why it is over, shows nothing more, and then nothing is served any more', async () => {
    rig = await AimRig.start();
    await look();
    await rig.tell({ ended: 'pressed', presses: 6, still: 0 });
    await page.getByText('The button was pressed and it works').waitFor();
    expect(await page.getByAltText('What the camera sees').isVisible()).toBe(false);
    expect(await page.getByRole('slider').count()).toBe(0);
    await rig.clear();
    await rig.over;
    await expect(ask('/')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('on every screen', () => {
  const SIZES = [
    ['desk', { viewport: { width: 1280, height: 900 } }],
    ['phone', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
    ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ] as const;
  beforeAll(() => void mkdirSync(pictures, { recursive: true }));

  it.each(SIZES)('the page is whole and has no fault that axe finds: %s', async (name, options) => {
    rig = await AimRig.start();
    await look(options);
    await page.getByRole('checkbox', { name: 'See only a part' }).check();
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await axeFindsNothing(page);
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    await rig.tell({ ended: 'time', still: 0 });
    await page.getByText('The time is over').waitFor();
    await axeFindsNothing(page);
  });
});

/** As any program could ask, with whatever headers. */
async function ask(path: string, headers: Record<string, string> = {}, sent?: string) {
  const asked = request(rig.url + path, { method: sent === undefined ? 'GET' : 'POST', headers });
  asked.end(sent);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return { status: response.statusCode!, headers: response.headers };
}

describe('whoever asks the page for aiming', () => {
  it('has to call it by its address, and to come from it to change something', async () => {
    rig = await AimRig.start();
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify({
      line: [
        [0.4, 0],
        [0.4, 1],
      ],
    });
    for (const path of ['/', '/api/status', '/still.jpg', '/api/doorway'])
      expect((await ask(path, { host: 'evil.example' })).status, path).toBe(421);
    expect((await ask('/api/doorway', json, body)).status).toBe(403);
    expect((await ask('/api/doorway', { ...json, origin: 'http://evil.example' }, body)).status).toBe(403);
    expect(await saved()).toMatchObject({ from: [0.5, 0] });
    const own = { ...json, origin: rig.url };
    expect((await ask('/api/doorway', own, '{"faces":"both"}')).status).toBe(400);
    expect((await ask('/api/doorway', own, body)).status).toBe(200);
    expect(await saved()).toMatchObject({ from: [0.4, 0] });
  });

  it('is given nothing to keep, and nothing that lies elsewhere', async () => {
    rig = await AimRig.start();
    const { headers } = await ask('/still.jpg');
    expect(headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
    for (const path of ['/..%2flintel.toml', '/page/../../lintel.toml', '/lintel.toml', '/status.json'])
      expect((await ask(path)).status, path).toBe(404);
  });
});

async function tabTo(what: ReturnType<typeof end>): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await what.evaluate((found) => found === found.ownerDocument.activeElement)) return;
  }
  throw new Error('Tab does not lead there');
}
