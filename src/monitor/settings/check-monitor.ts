import type { z } from 'zod';
import { isThisMachine } from '../../wire/broker-url.ts';

/** What `checkMonitor` looks at. */
export interface MonitorCombination {
  readonly broker: Pair & {
    readonly url: string;
    readonly share?: string | undefined;
    readonly part?: string | undefined;
  };
  readonly page: Pair & {
    readonly listen: string;
    readonly auth: 'loopback' | 'password' | 'proxy';
    readonly password_file?: string | undefined;
    readonly proxies: readonly string[];
  };
  readonly alarms: { readonly webhook?: string | undefined; readonly webhook_secret?: string | undefined };
}

interface Pair {
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

/** Refuses settings that are each allowed, but not together. URLs are not shown, for they may hold a password. */
export function checkMonitor({ broker, page, alarms }: MonitorCombination, context: z.RefinementCtx): void {
  const refuse = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', path, message, params: { together: true } });

  if (broker.url.startsWith('mqtt:') && !isOfThisMachine(broker.url)) {
    refuse(
      ['broker', 'url'],
      "is plain MQTT to another machine, which anybody on the way can forge; use 'mqtts://'",
    );
  }
  for (const [section, { certificate, key }] of Object.entries({ broker, page })) {
    if ((certificate === undefined) === (key === undefined)) continue;
    const [missing, given] = key === undefined ? ['key', 'certificate'] : ['certificate', 'key'];
    refuse([section, missing], `is missing; it goes with ${section}.${given}`);
  }
  if (broker.share !== undefined && broker.part !== undefined) {
    refuse(
      ['broker', 'part'],
      'does not go with broker.share: let the broker share the reports, or give each monitor a part',
    );
  }
  const host = page.listen.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (page.auth === 'loopback' && !isThisMachine(host)) {
    refuse(
      ['page', 'auth'],
      "is 'loopback', but the page would stand open to a network; use 'password' or 'proxy', or listen on 127.0.0.1",
    );
  }
  if (page.auth === 'password' && page.password_file === undefined) {
    refuse(['page', 'password_file'], "is missing; auth 'password' needs to know who may look");
  }
  if (page.auth === 'proxy' && page.proxies.length === 0) {
    refuse(['page', 'proxies'], "is empty; auth 'proxy' needs to know which proxy is believed");
  }
  if (alarms.webhook?.startsWith('http:') && !isOfThisMachine(alarms.webhook)) {
    refuse(
      ['alarms', 'webhook'],
      "is plain HTTP to another machine, which anybody on the way can read; use 'https://'",
    );
  }
  if (alarms.webhook_secret !== undefined && alarms.webhook === undefined) {
    refuse(['alarms', 'webhook'], 'is missing; a secret is of no use without it');
  }
}

function isOfThisMachine(url: string): boolean {
  return isThisMachine(URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? '');
}
