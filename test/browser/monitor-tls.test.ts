import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LintelProgram } from '../integration/lintel-program.ts';
import { MonitorFolder } from '../integration/monitor-program.ts';
import { Authority } from '../integration/uplink-authority.ts';
import { openChromium } from './chromium.ts';

const PASSWORD = 'correct horse battery';

test('a password that was asked for lets one in over TLS, by a cookie that is for TLS and this host alone', async () => {
  const [line, authority] = await Promise.all([passwordLine(), Authority.make()]);
  const { ca, certificate, key } = await authority.broker('localhost');
  const passwords = join(authority.folder, 'passwords');
  writeFileSync(passwords, line);
  const page = { listen: '127.0.0.1:0', auth: 'password', password_file: passwords, certificate, key };
  const folder = await MonitorFolder.make({ url: 'mqtt://127.0.0.1:1' }, { page });
  const monitor = folder.start();
  await monitor.said(/"msg":"page"/);
  const [, port] = /"url":"https:\/\/127[.]0[.]0[.]1:(\d+)"/.exec(monitor.out)!;
  const url = `https://localhost:${port}`;

  const options = { ca: await readFile(ca) };
  const { statusCode, headers } = await ask(url, options);
  expect(statusCode).toBe(401);
  expect(headers['strict-transport-security']).toBeDefined();
  await expect(ask(url, {})).rejects.toThrow(/certificate/);
  await expect(once(getPlain(url.replace('https', 'http')), 'response')).rejects.toThrow();

  const browser = await openChromium();
  onTestFinished(() => browser.close());
  // The certificate was checked above; the browser is not told of the authority.
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const viewer = await context.newPage();
  await viewer.goto(url);
  await viewer.getByLabel('Name').fill('ada');
  await viewer.getByLabel('Password').fill(PASSWORD);
  await viewer.keyboard.press('Enter');
  await viewer.getByText('No camera was heard of yet.').waitFor();
  const [cookie, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ name: '__Host-lintel', secure: true, httpOnly: true, sameSite: 'Strict' });
  const asked = async (name: string) =>
    (await ask(`${url}/api/doors`, { ...options, headers: { cookie: `${name}=${cookie!.value}` } }))
      .statusCode;
  expect([await asked('__Host-lintel'), await asked('lintel')]).toEqual([200, 401]);
  monitor.kill('SIGTERM');
  expect(await monitor.ended).toBe(0);
});

test('a password is not shown on a terminal, and one that is too short is refused', async () => {
  const shell = 'exec script -qefc "$(printf "%q " "$@")" /dev/null';
  const asking = new LintelProgram(['monitor', 'password', 'ada'], { shell });
  await asking.said(/Password of ada: /);
  asking.process.stdin.write(`${PASSWORD}\r`);
  expect(await asking.ended).toBe(0);
  expect(asking.out).toMatch(/^ada:[$]scrypt[$]/m);
  expect(asking.out).not.toContain('horse');
  const short = new LintelProgram(['monitor', 'password', 'ada']);
  short.process.stdin.end('short\n');
  expect([await short.ended, short.out]).toEqual([1, '']);
  expect(short.err).toContain('10 signs or more');
});

/** As a script has it: the password comes by the standard input. */
async function passwordLine(): Promise<string> {
  const asking = new LintelProgram(['monitor', 'password', 'ada']);
  asking.process.stdin.end(`${PASSWORD}\n`);
  expect([await asking.ended, asking.err]).toEqual([0, '']);
  return asking.out;
}

async function ask(url: string, options: RequestOptions): Promise<IncomingMessage> {
  const asked = request(url, options);
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}
