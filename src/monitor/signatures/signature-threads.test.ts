import { expect, it, onTestFinished } from 'vitest';
import { exampleSigner, signedExample } from '../../wire/example-signer.ts';
import { claimOf, type SignatureClaim } from '../../wire/signature.ts';
import { packClaims, unpackClaims } from './claim-batch.ts';
import { SignatureThreads } from './signature-threads.ts';

const door = { site: 'hall', device: 'front' };

function claim(hour: number, isGood = true, signer = exampleSigner()): SignatureClaim {
  const bytes = signedExample({ windowStartSeconds: 3_600 * (hour + 1) }, signer);
  const { text, ...rest } = claimOf('Report', door, bytes)!;
  return { ...rest, text: isGood ? text : text.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) };
}

function start(...options: ConstructorParameters<typeof SignatureThreads>): SignatureThreads {
  const threads = new SignatureThreads(...options);
  onTestFinished(() => threads.close());
  return threads;
}

/** A thread that runs this. */
const running = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

it('tells of each signature whether it is good, whoever checks it, and again later', async () => {
  const { check } = start(3);
  for (let round = 0; round < 2; round++) {
    const claims = Array.from({ length: 150 }, (_, at) => claim(at, at % 7 !== 0));
    const areGood = await Promise.all(claims.map(check));
    expect(areGood).toEqual(claims.map((_, at) => at % 7 !== 0));
  }
});

it('takes no signature of one key for that of another', async () => {
  const { check } = start();
  const other = exampleSigner('11'.repeat(32));
  const [mine, theirs] = [claim(1), claim(1, true, other)];
  const mixed = { ...mine, publicKey: theirs.publicKey };
  expect(await Promise.all([mine, theirs, mixed].map(check))).toEqual([true, true, false]);
});

it('says that nothing is known of a signature when its thread dies, and asks another one from then on', async () => {
  const dies = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (packed) => {
      if (packed.length > 1000) throw new Error('out of memory');
      parentPort.postMessage(Uint8Array.of(1));
    });`;
  const { check } = start(1, running(dies));
  const many = await Promise.allSettled([1, 2, 3, 4, 5].map((hour) => check(claim(hour))));
  expect(many.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  await expect(Promise.all([1, 2, 3, 4, 5].map((hour) => check(claim(hour))))).rejects.toMatchObject({
    code: 'SIGNATURES_UNCHECKED',
    message: 'the thread that checks signatures ended: out of memory',
  });
  expect(await check(claim(1))).toBe(true);
});

it('leaves nobody waiting when it is closed', async () => {
  const silent = running(
    "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});",
  );
  const threads = start(1, silent);
  const asked = [threads.check(claim(1))];
  await new Promise((resolve) => setImmediate(resolve));
  const closing = threads.close();
  asked.push(threads.check(claim(2)));
  for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected');
  await closing;
});

it('packs claims of every length without changing them', () => {
  const claims = [0, 1, 5_000].map((length) => ({ ...claim(length), text: new Uint8Array(length).fill(9) }));
  const bytes = unpackClaims(packClaims(claims)).map(({ text, ...rest }) => [
    text,
    rest.publicKey,
    rest.signature,
  ]);
  expect(bytes).toEqual(
    claims.map(({ text, publicKey, signature }) => [text, publicKey, Uint8Array.from(signature)]),
  );
  expect(unpackClaims(packClaims([]))).toEqual([]);
});
