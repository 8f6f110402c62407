import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MonitorRig, passwordFile } from './monitor-rig.ts';

const front = { site: 'hall', device: 'front' };
const EVERYTHING = [
  '/',
  '/counts?site=hall',
  '/api/doors',
  '/api/counts?site=hall',
  '/counts.csv?site=hall',
  '/events',
  '/page/cameras.js',
  '/page/cameras.html',
  '/page/joined/cameras.js',
  '/page/uplot/uPlot.js',
  '/nothing',
];

let rig: MonitorRig;
let file: string;

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** As any program could ask, with whatever headers. */
async function ask(path: string, headers: Record<string, string> = {}, sent?: string): Promise<Answer> {
  const asked = request(rig.url + path, { method: sent === undefined ? 'GET' : 'POST', headers });
  asked.end(sent);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  // A stream of events has no end; that it begins is enough.
  const isStream = response.headers['content-type'] === 'text/event-stream';
  const body = isStream ? '' : await text(response);
  if (isStream) response.destroy();
  return { status: response.statusCode!, headers: response.headers, body };
}

const json = () => ({ 'content-type': 'application/json', origin: rig.url });
const form = () => ({ 'content-type': 'application/x-www-form-urlencoded', origin: rig.url });
const login = (password: string, to = '/login') => ask(to, form(), `name=ada&password=${password}`);
const cookieOf = (answer: Answer) => (answer.headers['set-cookie']?.[0] ?? '').split(';')[0]!;

afterEach(() => rig.close());

describe('a page that stands on this machine alone', () => {
  beforeEach(async () => {
    rig = await MonitorRig.start({ names: ['monitor.example'] });
    await rig.camera(front);
  });

  it('answers by its own names alone, so that no page elsewhere can have its name lead here', async () => {
    for (const path of EVERYTHING) {
      expect((await ask(path, { host: 'evil.example' })).status, path).toBe(421);
    }
    expect((await ask('/', { host: 'monitor.example' })).status).toBe(200);
    expect((await ask('/', { host: 'localhost:1' })).status).toBe(200);
  });

  it('changes nothing for a page from elsewhere, or one that does not say where it is from', async () => {
    const sent = JSON.stringify(front);
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1', '']) {
      expect((await ask('/api/withdraw', { ...json(), origin }, sent)).status, origin).toBe(403);
    }
    expect((await ask('/api/withdraw', { 'content-type': 'application/json' }, sent)).status).toBe(403);
    expect((await rig.store.doors())[0]!.enrolledKey).toBeDefined();
    expect((await ask('/api/withdraw', json(), sent)).status).toBe(200);
    expect((await rig.store.doors())[0]!.enrolledKey).toBeUndefined();
  });

  it('lets a browser load nothing from elsewhere, and be put into no other page', async () => {
    for (const path of EVERYTHING) {
      const { headers } = await ask(path);
      expect(headers['content-security-policy'], path).toMatch(/^default-src 'none'; script-src 'self'/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it.each([
    ['/api/doors?limit=0', 400],
    ['/api/doors?site=../x', 400],
    ['/api/counts?site=hall&by=year', 400],
    ['/api/counts?site=hall&at=-1', 400],
    ['/api/counts', 400],
    ['/api/counts?site=nowhere', 200],
    ['/api/counts?site=hall&site=hall', 400],
    ['/page/../web/gate.ts', 404],
    ['/page/%2e%2e/web/gate.ts', 404],
    ['/page/tsconfig.json', 404],
    ['/login', 404],
  ])('answers %s with %i', async (path, status) => {
    expect((await ask(path)).status).toBe(status);
    expect(rig.troubles).toEqual([]);
  });

  it('enrols no door that was never heard of, and takes no fingerprint that is none', async () => {
    const enrol = (sent: object) => ask('/api/enrol', json(), JSON.stringify(sent));
    expect((await enrol({ ...front, device: 'back', fingerprint: '0'.repeat(32) })).status).toBe(404);
    expect((await enrol({ ...front, fingerprint: 'abc' })).status).toBe(400);
    expect((await enrol({ ...front, fingerprint: '0'.repeat(32) })).status).toBe(409);
    expect((await enrol({ ...front, fingerprint: 'a'.repeat(10_000) })).status).toBe(413);
  });

  it('is asked once for what has not changed', async () => {
    const { headers } = await ask('/page/base.css');
    expect((await ask('/page/base.css', { 'if-none-match': headers.etag! })).status).toBe(304);
  });
});

describe('a page behind passwords', () => {
  beforeEach(async () => {
    file = await passwordFile('ada', 'correct+horse'.replace('+', ' '));
    rig = await MonitorRig.start({ access: { by: 'password', file } });
    await rig.camera(front);
  });

  it('shows nothing but where one says who one is', async () => {
    for (const path of EVERYTHING) {
      const { status, body } = await ask(path, { cookie: 'lintel=made-up' });
      expect([status, body], path).toEqual([401, '{"error":"say first who you are"}']);
      const page = await ask(path, { accept: 'text/html' });
      expect([page.status, page.headers.location]).toEqual([303, `/login?to=${encodeURIComponent(path)}`]);
    }
    expect((await ask('/api/withdraw', json(), JSON.stringify(front))).status).toBe(401);
    for (const path of ['/login', '/page/base.css']) expect((await ask(path)).status).toBe(200);
    expect((await rig.store.doors())[0]!.enrolledKey).toBeDefined();
  });

  it('is open for who has the password, until they go out', async () => {
    const entered = await login('correct+horse');
    expect([entered.status, entered.headers.location]).toEqual([303, '/']);
    expect(entered.headers['set-cookie']![0]).toMatch(
      /^lintel=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const cookie = cookieOf(entered);
    for (const path of EVERYTHING.slice(0, -1)) expect((await ask(path, { cookie })).status, path).toBe(200);
    await ask('/logout', { ...form(), cookie }, '');
    expect((await ask('/', { cookie })).status).toBe(401);
  });

  it('is closed to who was in when their line is taken out', async () => {
    const cookie = cookieOf(await login('correct+horse'));
    expect((await ask('/', { cookie })).status).toBe(200);
    writeFileSync(file, '# nobody\n# now, and of another length\n');
    expect((await ask('/', { cookie })).status).toBe(401);
  });

  it('leads nowhere else after coming in', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'evil', '/\nx']) {
      const { headers } = await login('correct+horse', `/login?to=${encodeURIComponent(to)}`);
      expect(headers.location, to).toBe('/');
    }
    const path = '/login?to=%2Fcounts%3Fsite%3Dhall';
    expect((await login('correct+horse', path)).headers.location).toBe('/counts?site=hall');
  });

  it('lets nobody try many passwords', async () => {
    const tries = [];
    for (let nth = 0; nth < 12; nth++) tries.push((await login('wrong')).status);
    expect(tries).toEqual([...Array(10).fill(403), 429, 429]);
    expect((await login('correct+horse')).status).toBe(429);
  });
});

describe('a page behind a proxy', () => {
  const access = { by: 'proxy', header: 'X-Remote-User' } as const;
  const ada = { 'x-remote-user': 'ada' };

  it('believes the proxy, and nobody else', async () => {
    rig = await MonitorRig.start({ access, proxies: ['10.0.0.7'] });
    expect((await ask('/', ada)).status).toBe(401);
    await rig.close();
    rig = await MonitorRig.start({ access, proxies: ['127.0.0.0/8'], names: ['monitor.example'] });
    await rig.camera(front);
    expect((await ask('/', ada)).status).toBe(200);
    expect((await ask('/')).status).toBe(401);
    expect((await ask('/', { 'x-remote-user': '  ' })).status).toBe(401);
    const origin = 'https://monitor.example';
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'monitor.example' };
    const headers = { ...ada, ...forwarded, ...json(), origin };
    expect((await ask('/api/withdraw', headers, JSON.stringify(front))).status).toBe(200);
    expect(rig.enrolled).toEqual(['hall/front withdrawn by ada']);
  });

  it('has a cookie for TLS alone when the proxy is reached by TLS', async () => {
    const proxies = ['127.0.0.1'];
    rig = await MonitorRig.start({
      access: { by: 'password', file: await passwordFile('ada', 'correct horse') },
      proxies,
    });
    const { headers } = await ask(
      '/login',
      { ...form(), 'x-forwarded-proto': 'https' },
      'name=ada&password=correct+horse',
    );
    expect(headers['set-cookie']![0]).toMatch(/^__Host-lintel=.*; Secure$/);
    expect(headers['strict-transport-security']).toBeDefined();
  });
});
