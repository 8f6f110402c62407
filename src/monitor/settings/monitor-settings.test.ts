import { expect, it } from 'vitest';
import { loadMonitorSettings, monitorExample, parseMonitorSettings } from './monitor-settings.ts';

const parse = (text: string) => parseMonitorSettings(text, '/etc/lintel/monitor.toml');

it('can be started from what it prints, and from nothing', () => {
  const printed = parse(monitorExample());
  expect(printed).toEqual(parse(''));
  expect(printed.broker).toMatchObject({ clientId: 'lintel-monitor', keepSeconds: 30 * 86_400 });
  expect(printed.store.keepSeconds).toBe(731 * 86_400);
  expect(printed.page).toMatchObject({ host: '127.0.0.1', port: 8474, auth: 'loopback' });
});

it('can be started with every key that it prints and leaves out', () => {
  const whole = monitorExample()
    .replace(/^# (?=(?!part)\w+ = )/gm, '')
    .replace('mqtt://', 'mqtts://');
  expect(parse(whole)).toMatchObject({
    broker: { tls: { ca: '/etc/lintel/ca.pem' }, share: 'facilities' },
    alarms: { webhookSecretFile: '/etc/lintel/webhook.secret' },
    metrics: { port: 9474 },
    store: { postgresql: 'postgresql://lintel:password@database.example/lintel', ca: '/etc/lintel/ca.pem' },
  });
});

it.each([
  ['[broker]\nurl = "mqtt://broker.example"', "broker.url: is plain MQTT to another machine, .*'mqtts://'"],
  ['[broker]\nurl = "mqtt://localhost@evil.example"', 'broker.url: is plain MQTT to another machine'],
  ['[broker]\nother_urls = ["mqtts://a.example", "mqtt://b.example"]', 'broker.other_urls: is plain MQTT'],
  [
    '[broker]\nother_urls = ["amqp://me:secret@host"]',
    'broker.other_urls: found something else; allowed: a list',
  ],
  ['[broker]\ncertificate = "a.pem"', 'broker.key: is missing'],
  ['[page]\nlisten = "0.0.0.0:80"', "page.auth: is 'loopback', but .*use 'password'"],
  ['[page]\nlisten = "[::]:80"', 'page.auth:'],
  ['[page]\nauth = "password"', 'page.password_file: is missing'],
  ['[page]\nauth = "proxy"', 'page.proxies: is empty'],
  [
    '[alarms]\nwebhook = "http://alarms.example/x?token=1"',
    "alarms.webhook: is plain HTTP .*use 'https://'$",
  ],
  ['[alarms]\nwebhook_secret = "s"', 'alarms.webhook: is missing'],
  ['[broker]\npart = "1/2"\nshare = "a"', 'broker.part: does not go with broker.share'],
  ['[broker]\npart = "3/2"', "broker.part: found '3/2'; allowed: a part like '1/3'"],
  ['[store]\npostgresql = "postgresql://me:secret@host"', 'store.postgresql: found something else; allowed'],
  ['[store]\npostgresql = "mysql://me:secret@host/db"', 'store.postgresql: found something else; allowed'],
  ['[broker]\nclientid = "a"', "there is no setting 'broker.clientid'; the nearest is broker.client_id"],
  ['[broker]\nurl = "amqp://me:secret@host"', 'broker.url: found something else; allowed: a URL'],
  ['[page]\ntime_zone = "Mars"', "page.time_zone: found 'Mars'; allowed: the name of a time zone"],
])('refuses %s, and says what to do', (text, message) => {
  expect(() => parse(text)).toThrow(new RegExp(`^/etc/lintel/monitor[.]toml: ${message}`));
});

it('says where a file to begin with comes from when there is none', async () => {
  await expect(loadMonitorSettings('/nowhere/monitor.toml')).rejects.toThrow(
    "'lintel monitor settings' prints one",
  );
});
