import { dirname, resolve } from 'node:path';
import { sectionsOf } from '../../settings-file/known-settings.ts';
import { writeExample } from '../../settings-file/settings-example.ts';
import { parseSettingsText, readSettingsFile } from '../../settings-file/settings-file.ts';
import { type MonitorFile, monitorSchema } from './monitor-schema.ts';

/** The settings as the monitor takes them: every default filled in, every path absolute. */
export type MonitorSettings = ReturnType<typeof shaped>;

const SECTIONS = sectionsOf(monitorSchema);
/** What only some monitors have: in the example it stands behind a '#'. */
const ONLY_SOME =
  /^(ca|certificate|key|share|part|postgresql|password_file|software|models|settings|webhook\w*|port) = /gm;

/** @throws LintelError SETTINGS_UNREADABLE, SETTINGS_SYNTAX, SETTINGS_KEY, SETTINGS_VALUE */
export async function loadMonitorSettings(file: string): Promise<MonitorSettings> {
  return parseMonitorSettings(await readSettingsFile(file, 'lintel monitor settings'), file);
}

/**
 * @param file where the text came from: named in errors, and relative paths are meant from its folder
 * @throws LintelError SETTINGS_SYNTAX, SETTINGS_KEY, SETTINGS_VALUE
 */
export function parseMonitorSettings(text: string, file: string): MonitorSettings {
  return shaped(parseSettingsText(text, file, monitorSchema, SECTIONS), dirname(resolve(file)));
}

/** A settings file with every key, which a monitor beside its broker can be started with. */
export function monitorExample(): string {
  return writeExample('The settings of a monitor.', SECTIONS).replace(ONLY_SOME, '# $&');
}

function shaped({ broker, store, page, expected, alarms, metrics }: MonitorFile, folder: string) {
  const placed = (name?: string) => (name === undefined ? undefined : resolve(folder, name));
  return {
    broker: {
      url: broker.url,
      otherUrls: broker.other_urls,
      tls: { ca: placed(broker.ca), certificate: placed(broker.certificate), key: placed(broker.key) },
      clientId: broker.client_id,
      share: broker.share,
      part: broker.part,
      keepSeconds: broker.keep_days * 86_400,
    },
    store: {
      file: resolve(folder, store.file),
      postgresql: store.postgresql,
      ca: placed(store.ca),
      keepSeconds: store.keep_days * 86_400,
    },
    page: {
      host: page.listen.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''),
      port: Number(/\d+$/.exec(page.listen)![0]),
      auth: page.auth,
      passwordFile: placed(page.password_file),
      proxyHeader: page.proxy_header,
      proxies: page.proxies,
      names: page.names,
      tls: { certificate: placed(page.certificate), key: placed(page.key) },
      timeZone: page.time_zone,
    },
    expected,
    alarms: {
      mqtt: alarms.mqtt,
      webhook: alarms.webhook,
      webhookSecretFile: placed(alarms.webhook_secret),
      quietSeconds: alarms.quiet_minutes * 60,
    },
    metrics,
  };
}
