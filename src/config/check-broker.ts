import type { z } from 'zod';

/** What `checkBroker` looks at. */
export interface BrokerCombination {
  readonly url: string;
  readonly other_urls: readonly string[];
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

const PLAIN = /^mqtt:/;
const THIS_MACHINE = /^mqtt:\/\/(?:.*@)?(?:localhost|127(?:[.]\d{1,3}){3}|\[::1\])(?::\d+)?\/?$/;

/** Refuses what is not to be trusted over a network; a URL itself is not shown, for it may hold a password. */
export function checkBroker(broker: BrokerCombination, context: z.RefinementCtx): void {
  const { url, other_urls, certificate, key } = broker;
  const refuse = (setting: string, message: string) =>
    context.addIssue({ code: 'custom', path: [setting], message, params: { together: true } });

  for (const [setting, urls] of Object.entries({ url: [url], other_urls })) {
    if (!urls.some((one) => PLAIN.test(one) && !THIS_MACHINE.test(one))) continue;
    refuse(setting, "is plain MQTT to another machine, which anybody on the way can forge; use 'mqtts://'");
  }
  if (certificate !== undefined && key === undefined) {
    refuse('key', 'is missing; a certificate is of no use without its private key');
  }
  if (certificate === undefined && key !== undefined) {
    refuse('certificate', 'is missing; a private key is of no use without its certificate');
  }
}
