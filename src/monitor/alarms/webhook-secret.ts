import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { LintelError } from '../../lintel-error.ts';

const FORM = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/** Signs as Standard Webhooks 1.0.0 has it (standardwebhooks.com): HMAC-SHA256 over id, time and body. */
export class WebhookSecret {
  readonly #bytes: Buffer;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @throws LintelError WEBHOOK_SECRET */
  static async read(file: string): Promise<WebhookSecret> {
    const text = await readFile(file, 'utf8').catch((error) => {
      throw new LintelError(
        'WEBHOOK_SECRET',
        `alarms.webhook_secret: ${file} cannot be read: ${error.message}`,
      );
    });
    const bytes = Buffer.from(FORM.exec(text.trim())?.[1] ?? '', 'base64');
    if (bytes.length >= 24 && bytes.length <= 64) return new WebhookSecret(bytes);
    throw new LintelError(
      'WEBHOOK_SECRET',
      `alarms.webhook_secret: ${file} does not hold 'whsec_' and 24 to 64 bytes in base64: make one with (printf whsec_; openssl rand -base64 32)`,
    );
  }

  /** @returns the value of the header `webhook-signature` */
  sign(id: string, seconds: number, body: string): string {
    return `v1,${createHmac('sha256', this.#bytes).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  }
}
