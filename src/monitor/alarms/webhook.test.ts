import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../time/clock.ts';
import { SystemClock } from '../../time/system-clock.ts';
import type { Alarm } from './alarm-store.ts';
import { Webhook } from './webhook.ts';
import { WebhookSecret } from './webhook-secret.ts';

const alarm: Alarm = {
  site: 'hall',
  device: 'front',
  kind: 'silent',
  raisedSeconds: 100,
  endedSeconds: undefined,
};
const BYTES = Buffer.alloc(32, 7);

function secretFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'lintel-webhook-')), 'secret');
  writeFileSync(file, text);
  return file;
}

/** Waits are over at once, and are written down. */
class HastyClock extends SystemClock implements Clock {
  readonly waits: number[] = [];

  override after(delayMs: number, callback: () => void): () => void {
    this.waits.push(delayMs);
    return super.after(0, callback);
  }
}

/** A receiver that gives these answers, the last one again and again. */
async function begin(answers: readonly number[], secret?: WebhookSecret) {
  const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
  let wake = () => {};
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    requests.push({ headers: request.headers, body });
    wake();
    response.writeHead(answers[Math.min(requests.length, answers.length) - 1]!, { location: '/' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const clock = new HastyClock();
  const given = Promise.withResolvers<string>();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`;
  const webhook = new Webhook({ url, secret, clock, trouble: given.resolve });
  onTestFinished(() => webhook.close());
  const arrived = async (count: number) => {
    while (requests.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return requests;
  };
  return { webhook, requests, arrived, clock, trouble: given.promise };
}

describe('the webhook', () => {
  it('tells what happened, signed as Standard Webhooks has it', async () => {
    const secret = await WebhookSecret.read(secretFile(`whsec_${BYTES.toString('base64')}\n`));
    const { webhook, arrived } = await begin([204], secret);
    webhook.tell(alarm);
    webhook.tell({ ...alarm, endedSeconds: 160 });
    const [raised, ended] = await arrived(2);
    expect(JSON.parse(raised!.body)).toEqual({
      type: 'alarm.raised',
      timestamp: '1970-01-01T00:01:40.000Z',
      data: {
        site: 'hall',
        device: 'front',
        kind: 'silent',
        raised: '1970-01-01T00:01:40.000Z',
        message: 'nothing was heard of it for two windows',
      },
    });
    expect(JSON.parse(ended!.body)).toMatchObject({ type: 'alarm.ended' });
    const {
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': signature,
    } = raised!.headers;
    const expected = createHmac('sha256', BYTES).update(`${id}.${seconds}.${raised!.body}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
    expect(ended!.headers['webhook-id']).not.toBe(id);
  });

  it('is tried again, with the same id, and given up in the end', async () => {
    const { webhook, requests, trouble, clock } = await begin([503]);
    webhook.tell(alarm);
    expect(await trouble).toContain('hall/front/silent/100 is not told: the receiver answers 503');
    expect(requests.length).toBe(6);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(clock.waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
  });

  it.each([400, 302])(
    'is not tried again where it is refused for good, or sent elsewhere: %s',
    async (status) => {
      const { webhook, requests, trouble } = await begin([status]);
      webhook.tell(alarm);
      await trouble;
      expect(new Set(requests.map(({ headers }) => headers.host)).size).toBe(1);
      if (status === 400) expect(requests.length).toBe(1);
    },
  );

  it('says what a secret has to be like', async () => {
    await expect(WebhookSecret.read('/nowhere')).rejects.toThrow('cannot be read');
    await expect(WebhookSecret.read(secretFile('hunter2'))).rejects.toThrow('openssl rand -base64 32');
    await expect(WebhookSecret.read(secretFile('whsec_YWJj'))).rejects.toThrow('24 to 64 bytes');
  });
});
