import type { z } from 'zod';

/** What `checkBroker` looks at. */
export interface BrokerCombination {
  readonly url: string;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

const PLAIN = /^mqtt:/;
const THIS_MACHINE = /^mqtt:\/\/(?:.*@)?(?:localhost|127(?:[.]\d{1,3}){3}|\[::1\])(?::\d+)?\/?$/;

/** Refuses what is not to be trusted over a network; the URL itself is not shown, for it may hold a password. */
export function checkBroker({ url, certificate, key }: BrokerCombination, context: z.RefinementCtx): void {
  const refuse = (setting: string, message: string) =>
    context.addIssue({ code: 'custom', path: [setting], message, params: { together: true } });

  if (PLAIN.test(url) && !THIS_MACHINE.test(url)) {
    refuse('url', "is plain MQTT to another machine, which anybody on the way can forge; use 'mqtts://'");
  }
  if (certificate !== undefined && key === undefined) {
    refuse('key', 'is missing; a certificate is of no use without its private key');
  }
  if (certificate === undefined && key !== undefined) {
    refuse('certificate', 'is missing; a private key is of no use without its certificate');
  }
}
