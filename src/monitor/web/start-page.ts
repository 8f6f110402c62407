import { readFile } from 'node:fs/promises';
import { LintelError } from '../../lintel-error.ts';
import type { Page, PageInputs } from '../monitor-program.ts';
import type { MonitorSettings } from '../settings/monitor-settings.ts';
import type { Access } from './access.ts';
import { MonitorWeb } from './monitor-web.ts';

/**
 * The page as the settings have it.
 * @throws LintelError WEB_OPEN, WEB_PROXY, WEB_LISTEN, WEB_TLS_FILE, PASSWORD_FILE
 */
export async function startPage({ store, changes, settings, clock, log }: PageInputs): Promise<Page> {
  const { page, expected } = settings;
  const tls = await readTls(page.tls);
  return MonitorWeb.start({
    store,
    clock,
    changes,
    expected,
    listen: { host: page.host, port: page.port },
    access: accessOf(page),
    proxies: page.proxies,
    names: page.names,
    timeZone: page.timeZone,
    ...(tls && { tls }),
    enrolled: (line) => log.info({}, line),
    trouble: (reason) => log.warn({ reason }, 'page'),
  });
}

/** What goes together was checked with the settings. */
function accessOf({ auth, passwordFile, proxyHeader }: MonitorSettings['page']): Access {
  if (auth === 'password') return { by: 'password', file: passwordFile! };
  if (auth === 'proxy') return { by: 'proxy', header: proxyHeader };
  return { by: 'loopback' };
}

async function readTls({ certificate, key }: MonitorSettings['page']['tls']) {
  if (certificate === undefined || key === undefined) return undefined;
  const read = (setting: string, file: string) =>
    readFile(file, 'utf8').catch((error: Error) => {
      throw new LintelError(
        'WEB_TLS_FILE',
        `page.${setting}: ${file} cannot be read: ${error.message}`,
        error,
      );
    });
  return { certificate: await read('certificate', certificate), key: await read('key', key) };
}
