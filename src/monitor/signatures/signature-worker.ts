import { parentPort } from 'node:worker_threads';
import { isSignature } from '../../wire/signature.ts';
import { unpackClaims } from './claim-batch.ts';

/** A thread that checks signatures: takes what `packClaims` packed, and answers with a byte for each, 1 if it is good. */
const port = parentPort!;

port.on('message', (packed: Uint8Array) => {
  const answer = Uint8Array.from(unpackClaims(packed), ({ signature, text, publicKey }) =>
    isSignature(signature, text, publicKey) ? 1 : 0,
  );
  port.postMessage(answer, [answer.buffer]);
});
