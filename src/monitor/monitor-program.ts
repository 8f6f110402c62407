import type { ConnectionWords } from '../broker/connection-words.ts';
import { TlsIdentity } from '../broker/tls-identity.ts';
import type { LintelError } from '../lintel-error.ts';
import type { Clock } from '../time/clock.ts';
import { SystemClock } from '../time/system-clock.ts';
import { parseBrokerUrl } from '../wire/broker-url.ts';
import { AlarmRounds } from './alarms/alarm-rounds.ts';
import { AlarmTopics } from './alarms/alarm-topics.ts';
import { AlarmWatch } from './alarms/alarm-watch.ts';
import { Webhook } from './alarms/webhook.ts';
import { WebhookSecret } from './alarms/webhook-secret.ts';
import { DoorChanges } from './door-changes.ts';
import { Inbox } from './inbox/inbox.ts';
import { Ingest } from './ingest.ts';
import { MonitorMetrics } from './metrics.ts';
import { MetricsServer } from './metrics-server.ts';
import type { MonitorLog } from './monitor-log.ts';
import type { ReceivedReport } from './received-report.ts';
import { Retention } from './retention.ts';
import type { MonitorSettings } from './settings/monitor-settings.ts';
import { SignatureThreads } from './signatures/signature-threads.ts';
import { SitePart } from './site-part.ts';
import { openStore } from './store/open-store.ts';
import type { HeardStatus, ReportStore } from './store/report-store.ts';

const WORDS: ConnectionWords = {
  url: 'broker.url',
  ca: 'broker.ca',
  certificate: 'broker.certificate',
  key: 'broker.key',
  own: "this monitor's certificate",
};

/** What a page is made of. */
export interface PageInputs {
  readonly store: ReportStore;
  readonly changes: DoorChanges;
  readonly settings: MonitorSettings;
  readonly clock: Clock;
  readonly log: MonitorLog;
}

export interface Page {
  readonly url: string;
  close(): Promise<void>;
}

export interface MonitorOptions {
  readonly settings: MonitorSettings;
  readonly log: MonitorLog;
  /** Without it there is none. */
  readonly startPage?: (inputs: PageInputs) => Promise<Page>;
}

/**
 * Runs until `signal` is aborted; what was not acknowledged by then, the broker keeps.
 * @throws LintelError BROKER_URL_INVALID, BROKER_TLS_FILE, STORE_*, WEBHOOK_SECRET, METRICS_PORT
 */
export async function runMonitor({ settings, log, startPage }: MonitorOptions, signal: AbortSignal) {
  const clock = new SystemClock();
  const nowSeconds = () => Math.floor(clock.wallMs() / 1_000);
  const broker = parseBrokerUrl(settings.broker.url);
  const otherNodes = settings.broker.otherUrls.map(parseBrokerUrl);
  const tls = new TlsIdentity(settings.broker.tls, WORDS);
  // What is wrong with the files is said at once.
  if ([broker, ...otherNodes].some(({ protocol }) => protocol === 'mqtts')) await tls.options();
  const part = settings.broker.part === undefined ? undefined : SitePart.parse(settings.broker.part);
  const webhook = await openWebhook(settings, clock, log);
  const store = await openStore(settings.store);
  const metrics = new MonitorMetrics();
  const changes = new DoorChanges();

  const signatures = new SignatureThreads();
  const kept = (reports: readonly ReceivedReport[], statuses: readonly HeardStatus[]) => {
    metrics.kept(reports, nowSeconds());
    changes.tell([...reports, ...statuses]);
  };
  const refused = (topic: string, { code, message }: LintelError) => {
    metrics.refused(code);
    // Anybody may have made up the topic.
    log.warn({ topic: topic.replace(/[^ -~]/g, '?').slice(0, 200), reason: message }, 'message thrown away');
  };
  const ingest = new Ingest(store, clock, { kept, refused }, signatures.check);
  const inbox = new Inbox(
    {
      ...settings.broker,
      broker,
      otherNodes,
      tls,
      clock,
      take: async (topic, bytes, isOld) => {
        // Another monitor keeps it.
        if (part?.has(topic) === false) return;
        const beganMs = clock.monotonicMs();
        await ingest.take(topic, bytes, isOld);
        metrics.took(clock.monotonicMs() - beganMs);
      },
    },
    {
      connected: (protocolVersion, hadSession) => {
        metrics.connected(true);
        const { host, port } = inbox.node;
        log.info({ host, port, protocolVersion, hadSession }, 'connected');
        void rounds.publishAll();
      },
      lost: (reason) => {
        metrics.connected(false);
        log.warn({ reason }, 'not connected; tried again after the delay');
      },
    },
  );
  const rounds = new AlarmRounds({
    watch: (tell) =>
      new AlarmWatch({
        store,
        clock,
        tell: (alarm) => {
          tell(alarm);
          changes.tell([alarm]);
        },
        expected: settings.expected,
        quietSeconds: settings.alarms.quietSeconds,
        listeningSinceSeconds: () => inbox.listeningSinceSeconds,
      }),
    topics: settings.alarms.mqtt
      ? new AlarmTopics(store.alarms, (topic, payload) => inbox.publish(topic, payload))
      : undefined,
    webhook,
    clock,
    log,
    looked: async (states) => metrics.doors(states, await store.alarms.list()),
  });

  const open: { close(): Promise<void> }[] = [store, signatures];
  try {
    if (settings.metrics.port !== undefined) {
      const server = await MetricsServer.listen(settings.metrics.port, metrics);
      open.push(server);
      log.info({ url: server.url }, 'metrics');
    }
    if (startPage) {
      const page = await startPage({ store, changes, settings, clock, log });
      open.push(page);
      log.info({ url: page.url }, 'page');
    }
    const retention = new Retention({ store, clock, log, keepSeconds: settings.store.keepSeconds });
    await Promise.all([inbox.run(signal), rounds.run(signal), retention.run(signal)]);
  } finally {
    await webhook?.close();
    for (const one of open.reverse()) await one.close();
  }
  log.info({}, 'ended');
}

async function openWebhook({ alarms }: MonitorSettings, clock: Clock, log: MonitorLog) {
  if (alarms.webhook === undefined) return undefined;
  const secret = alarms.webhookSecretFile ? await WebhookSecret.read(alarms.webhookSecretFile) : undefined;
  return new Webhook({
    url: alarms.webhook,
    secret,
    clock,
    trouble: (reason) => log.warn({ reason }, 'webhook'),
  });
}
