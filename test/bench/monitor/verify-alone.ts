import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { packClaims, unpackClaims } from '../../../src/monitor/signatures/claim-batch.ts';
import type { SignatureClaim } from '../../../src/wire/signature.ts';

/** Threads that have everything ready, and then do nothing but check Ed25519 signatures: the floor of what an ingest can take. */
export class VerifyAlone {
  readonly #workers: readonly Worker[];

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  static async ready(claims: readonly SignatureClaim[], threads: number): Promise<VerifyAlone> {
    const each = Math.ceil(claims.length / threads);
    const workers = Array.from({ length: threads }, () => new Worker(new URL(import.meta.url)));
    await Promise.all(
      workers.map(async (worker, at) => {
        worker.postMessage(packClaims(claims.slice(at * each, (at + 1) * each)));
        await once(worker, 'message');
      }),
    );
    return new VerifyAlone(workers);
  }

  /** @throws when a signature is not good */
  async run(): Promise<void> {
    const answers = this.#workers.map((worker) => once(worker, 'message'));
    for (const worker of this.#workers) worker.postMessage('go');
    for (const [areGood] of await Promise.all(answers))
      if (!areGood) throw new Error('a good signature was not taken');
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

if (!isMainThread) {
  let ready: { key: KeyObject; text: Uint8Array; signature: Uint8Array }[] = [];
  parentPort!.on('message', (message: Uint8Array | 'go') => {
    if (message === 'go') {
      parentPort!.postMessage(ready.every(({ key, text, signature }) => verify(null, text, key, signature)));
      return;
    }
    const keys = new Map<string, KeyObject>();
    ready = unpackClaims(message).map(({ publicKey, text, signature }) => {
      const x = Buffer.from(publicKey).toString('base64url');
      const key = keys.get(x) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      keys.set(x, key);
      return { key, text, signature };
    });
    parentPort!.postMessage('ready');
  });
}
