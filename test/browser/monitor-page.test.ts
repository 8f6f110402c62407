import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PROMISED } from '../../src/monitor/alarms/claims.ts';
import { axeFindsNothing } from './axe.ts';
import { openChromium } from './chromium.ts';
import { keyOf, MonitorRig, newSigner, passwordFile, QUIET_SECONDS } from './monitor-rig.ts';
import { fillStreet } from './street.ts';

const front = { site: 'hall', device: 'front' };
/** A report as this release's cameras send it. */
const HONEST = PROMISED.window;
const TIMEOUT_MS = 20_000;
const HOUR_MS = 3_600_000;
const pictures = join(import.meta.dirname, '../../build/monitor-page');

let browser: Browser;
let rig: MonitorRig;
let page: Page;
let wrongs: string[];

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());
afterEach(async () => {
  await page.context().close();
  await rig.close();
  expect([...rig.troubles, ...wrongs]).toEqual([]);
});

/** Resolves when the page shows doors and hears of changes. */
async function look(path = '/', options: BrowserContextOptions = {}): Promise<void> {
  // Whoever looks comes later than what was heard before.
  await rig.clock.advance(1_001);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(TIMEOUT_MS);
  page = await context.newPage();
  wrongs = [];
  // What the content-security policy forbids is told here as well.
  page.on('console', (message) => message.type() === 'error' && wrongs.push(message.text()));
  page.on('pageerror', (error) => wrongs.push(error.message));
  const hears = page.waitForResponse((response) => response.url().endsWith('/events'));
  await page.goto(rig.url + path);
  await hears;
}

const row = (text: string) => page.getByRole('row').filter({ hasText: text });

describe('the page of all cameras', () => {
  it('shows a camera that appears, its counts as they arrive, its silence, and that it is back', async () => {
    rig = await MonitorRig.start();
    await look();
    await page.getByText('No camera was heard of yet.').waitFor();
    const signer = await rig.camera(front);
    await rig.clock.advance(1_000);
    await row('hall / front').filter({ hasText: 'OK' }).filter({ hasText: '23 ± 4' }).waitFor();
    expect(await textOf(row('hall / front'))).toContain('fewer than 10');
    await rig.clock.advance(2 * HOUR_MS + 180_000);
    await row('hall / front').filter({ hasText: 'Silent' }).waitFor();
    await page.getByRole('button', { name: '1 Silent' }).waitFor();
    expect(await page.locator('#news').textContent()).toBe('1 Silent');
    await rig.report(front, signer, {
      windowStartSeconds: rig.nowSeconds - 3_600,
      in: { status: 'published', value: 57 },
    });
    // The page's stream of events has ended meanwhile, and it connects again in its own time.
    const back = row('hall / front').filter({ hasText: 'OK' }).filter({ hasText: '57 ± 4' });
    await expect
      .poll(() => rig.clock.advance(1_000).then(() => back.isVisible()), { timeout: TIMEOUT_MS })
      .toBe(true);
  });

  it('enrols an unknown camera by its printed fingerprint alone, with the keyboard alone', async () => {
    rig = await MonitorRig.start();
    const signer = newSigner();
    await rig.status(front, signer);
    await rig.report(front, signer, { windowStartSeconds: rig.nowSeconds - 3_600 });
    await look();
    const unknown = row('hall / front').filter({ hasText: 'Not enrolled' });
    await unknown.waitFor();
    expect(await textOf(unknown)).not.toContain('23');
    await tabTo('Enrol hall/front');
    await page.keyboard.press('Enter');
    await page.getByText(keyOf(signer)).waitFor();
    await page.keyboard.type(keyOf(newSigner()));
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'not the key with which that camera signs' }).waitFor();
    expect((await rig.store.doors())[0]!.enrolledKey).toBeUndefined();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(keyOf(signer).replaceAll('-', ' ').toUpperCase());
    await page.keyboard.press('Enter');
    await row('hall / front').filter({ hasText: 'OK' }).filter({ hasText: '23 ± 4' }).waitFor();
    expect(rig.enrolled).toEqual([
      `hall/front enrolled with key ${keyOf(signer)} by someone on this machine`,
    ]);
    expect((await rig.store.doors())[0]!.enrolledKey).toBe(keyOf(signer));
    // What was refused is told as an error by the browser, too.
    expect(wrongs.splice(0)).toEqual([expect.stringContaining('409')]);
  });

  it('finds cameras by state and name and those of a site, and keeps the question in its address', async () => {
    rig = await MonitorRig.start();
    await fillStreet(rig);
    await look();
    await page.getByRole('button', { name: '1 Sign fault' }).click();
    await page.getByText('1 of 1 cameras').waitFor();
    await row('old-depot / gate').waitFor();
    await page.getByRole('button', { name: '13 All' }).click();
    await page.getByRole('searchbox').fill('lobby');
    await row('riverside-12 / lobby').waitFor();
    await page.getByText('1 of 1 cameras').waitFor();
    expect(page.url()).toBe(`${rig.url}/?find=lobby`);
    await page.getByRole('link', { name: 'riverside-12/lobby' }).click();
    await page.getByRole('heading', { name: 'riverside-12/lobby' }).waitFor();
    await page.getByRole('link', { name: 'riverside-12', exact: true }).click();
    await page.getByRole('columnheader', { name: 'Doors reported' }).waitFor();
    await page.getByRole('link', { name: 'Its cameras' }).click();
    await page.getByText('5 of 5 cameras').waitFor();
  });
});

describe('a first view', () => {
  it('takes one file of each kind and one answer, and more cameras come as they are scrolled to', async () => {
    rig = await MonitorRig.start();
    for (let door = 100; door < 160; door++) await rig.camera({ site: 'hall', device: `door-${door}` });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(TIMEOUT_MS);
    page = await context.newPage();
    wrongs = [];
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().replace(rig.url, '')));
    await rig.clock.advance(1_001);
    await page.goto(rig.url);
    await page.getByText('40 of 60 cameras').waitFor();
    expect(asked.filter((path) => !['/page/icon.svg', '/events'].includes(path)).sort()).toEqual([
      '/',
      '/api/doors?limit=40',
      '/page/joined/cameras.css',
      '/page/joined/cameras.js',
    ]);
    expect(await row('hall / door-159').count()).toBe(0);
    await page.getByRole('heading', { name: 'Cameras' }).click();
    await page.keyboard.press('End');
    await row('hall / door-159').waitFor();
    await page.getByText('60 of 60 cameras').waitFor();
  });

  it('writes numbers as English has them', async () => {
    rig = await MonitorRig.start();
    await look();
    const written = await page.evaluate(
      "import('/page/number-text.js').then(({ numberText }) => [0, 999, 1_000, 10_000, 1_234_567, -1_000].map(numberText))",
    );
    expect(written).toEqual(['0', '999', '1,000', '10,000', '1,234,567', '-1,000']);
  });
});

describe('an alarm', () => {
  const alarm = (text: string) =>
    page.getByRole('region', { name: 'Alarms' }).getByRole('listitem').filter({ hasText: text });

  it('comes and goes on an open page, with its door, its words and since when', async () => {
    rig = await MonitorRig.start();
    const signer = await rig.camera(front, HONEST);
    await look();
    await page.getByRole('heading', { name: 'No alarms' }).waitFor();
    await rig.clock.advance(60_000);
    await rig.status(front, signer, { evidence: { size: 11, root: new Uint8Array(32) } });
    await rig.lookForAlarms();
    await rig.clock.advance(1_000);
    await page.getByRole('heading', { name: '1 alarm' }).waitFor();
    const raised = alarm('Evidence changed at hall/front').filter({ hasText: 'since 15:01, just now' });
    await raised.filter({ hasText: 'Its log of evidence was cut short or written anew.' }).waitFor();
    await row('hall / front').filter({ hasText: 'Evidence changed since 15:01' }).waitFor();
    expect(await page.title()).toBe('(1) Cameras – Lintel');
    await rig.status(front, signer, { state: 'fault-sign' });
    await rig.lookForAlarms();
    await rig.clock.advance(1_000);
    await alarm('Sign fault').filter({ hasText: 'since 15:01' }).waitFor();
    await rig.status(front, signer, { timeSeconds: rig.nowSeconds });
    await rig.lookForAlarms();
    await rig.clock.advance(1_000);
    await alarm('Sign fault').filter({ hasText: 'over, if it stays so' }).waitFor();
    await rig.clock.advance(QUIET_SECONDS * 1_000);
    await rig.lookForAlarms();
    await rig.clock.advance(1_000);
    await page.getByText('1 ended in the last 3 days').click();
    await alarm('Sign fault').filter({ hasText: '15:01 – 15:06' }).waitFor();
    await page.getByRole('link', { name: 'hall/front' }).last().click();
    await page.getByRole('heading', { name: '1 alarm' }).waitFor();
    await alarm('Evidence changed').first().waitFor();
  });

  it('is found with the keyboard alone, among many', async () => {
    rig = await MonitorRig.start();
    await fillStreet(rig);
    await look();
    await page.getByRole('heading', { name: '6 alarms' }).waitFor();
    expect(await page.locator('.alarm:visible').count()).toBe(5);
    await tabTo('Show all');
    await page.keyboard.press('Enter');
    await alarm('Silent at station-road-7/roof')
      .filter({ hasText: 'since Mon 5 Jan, 15:00, 2 days ago' })
      .waitFor();
    await tabTo('2 ended in the last 3 days');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.alarm:visible').count(), { timeout: TIMEOUT_MS }).toBe(8);
    // The page is drawn anew, and what was unfolded and where the keyboard was stays.
    await rig.clock.advance(31_000);
    await row('riverside-12 / front').filter({ hasText: '1 min ago' }).waitFor();
    expect(await page.locator('.alarm:visible').count()).toBe(8);
    expect(await page.locator(':focus').textContent()).toBe('2 ended in the last 3 days');
  });
});

describe("a door's counts", () => {
  it('are shown by hours, days and weeks, with what is not known said as such', async () => {
    rig = await MonitorRig.start();
    await fillStreet(rig);
    await look('/counts?site=riverside-12&device=lobby');
    const hour = (name: string) => row(name).first();
    expect(await textOf(hour('01:00'))).toMatch(/^01:00\|not measured\|fewer than 10\|100 %/);
    expect(await textOf(hour('09:00'))).toMatch(/^09:00\|\d+ ± 6\|\d+ ± 6\|100 %/);
    expect(await textOf(hour('20:00'))).toMatch(/^20:00\|–\|–\|–/);
    await page.getByText(/reported; 3 windows not measured[.]$/).waitFor();
    await page.getByRole('link', { name: 'Week by days' }).click();
    await row('Tue 6 Jan').waitFor();
    await page
      .getByText(/than the week before, by|beyond|would show/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Weeks' }).click();
    await row('29 Dec 2025').filter({ hasText: '7 of 7' }).waitFor();
    await page.getByRole('link', { name: 'Earlier' }).click();
    await page.getByRole('link', { name: 'Later' }).waitFor();
  });

  it('can be taken along as CSV, in which what was not told is empty', async () => {
    rig = await MonitorRig.start();
    await fillStreet(rig);
    await look('/counts?site=riverside-12&device=lobby');
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download CSV' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('lintel-riverside-12-lobby-hour.csv');
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect(lines[0]).toContain('site,door,level,window_start');
    expect(lines[1]).toBe(
      'riverside-12,lobby,window,2026-01-07T00:00:00.000Z,3600,,not-measured,,fewer-than-k,100,2.799,10',
    );
    expect(lines.length).toBe(1 + 15 + 1);
  });

  it('are not used any more when the camera is withdrawn', async () => {
    rig = await MonitorRig.start();
    await rig.camera(front);
    await look('/counts?site=hall&device=front');
    await page.getByText('23 ± 4').first().waitFor();
    await page.getByRole('button', { name: 'Withdraw…' }).click();
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByText('Not enrolled').waitFor();
    await page.getByText('no report').first().waitFor();
    expect((await rig.store.doors())[0]!.enrolledKey).toBeUndefined();
  });
});

describe('who may look', () => {
  it('says a name and a password first, and comes to the page that was asked for', async () => {
    rig = await MonitorRig.start({
      access: { by: 'password', file: await passwordFile('ada', 'correct horse') },
    });
    await rig.camera(front);
    await rig.clock.advance(1_001);
    const context = await browser.newContext();
    page = await context.newPage();
    wrongs = [];
    await page.goto(`${rig.url}/counts?site=hall&device=front`);
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill('wrong horse');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'not right' }).waitFor();
    await axeFindsNothing(page);
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'hall/front' }).waitFor();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Password').waitFor();
    await page.goto(rig.url);
    await page.getByLabel('Password').waitFor();
  });
});

describe('what is seen', () => {
  it.each([
    { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
    { name: 'desktop', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
    { name: 'wall', viewport: { width: 2560, height: 1440 }, colorScheme: 'light' },
  ] as const)('fits a $name, and has no barrier that axe knows of', async ({ name, ...options }) => {
    mkdirSync(pictures, { recursive: true });
    rig = await MonitorRig.start();
    await fillStreet(rig);
    await look('/', options);
    await row('station-road-7 / side').waitFor();
    await judge(`cameras-${name}`);
    await page.getByRole('link', { name: 'riverside-12/lobby' }).click();
    await page.locator('.chart canvas').first().waitFor();
    await judge(`counts-${name}`);
  });
});

/** The cells of a row. */
async function textOf(found: Locator): Promise<string> {
  return (await found.locator('th, td').allTextContents()).join('|');
}

async function judge(name: string): Promise<void> {
  const { width, height } = page.viewportSize()!;
  for (const narrower of [320, 720, 1_024, 1_160, width].filter((narrow) => narrow <= width)) {
    await page.setViewportSize({ width: narrower, height });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBe(0);
  }
  await axeFindsNothing(page);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.getAttribute('aria-label')) === name) return;
    if ((await focused.textContent()) === name) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}
