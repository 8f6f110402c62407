import { expect, test } from 'vitest';
import { exampleSigner } from '../wire/example-signer.ts';
import { fingerprint } from '../wire/fingerprint.ts';
import { isSignatureLine, openCheckpoint, parseKey, signCheckpoint, verifierKey } from './checkpoint.ts';

const signer = exampleSigner();
const head = { size: 20_852, root: new Uint8Array(32).fill(7) };

test('a note that others signed is read as they wrote it', () => {
  // The example in the documentation of Go's golang.org/x/mod/sumdb/note, from which C2SP's signed-note comes.
  const key = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1);
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';
  expect(isSignatureLine(line, text, key, 'PeterNeumann')).toBe(true);
  expect(isSignatureLine(line, text.replace('your', 'my'), key, 'PeterNeumann')).toBe(false);
});

test('a checkpoint has the lines of C2SP tlog-checkpoint, and is opened with the public key alone', () => {
  const note = signCheckpoint(head, signer);
  const [origin, size, root, empty, signature, end] = note.split('\n');
  expect([origin, size, root, empty, end]).toEqual([
    `lintel.evidence/${fingerprint(signer.publicKey)}`,
    '20852',
    'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=',
    '',
    '',
  ]);
  expect(signature).toMatch(new RegExp(`^— ${origin} [A-Za-z0-9+/]{91}=$`));
  expect(openCheckpoint(note, signer.publicKey)).toEqual({ ...head, root: Buffer.from(head.root) });
});

test("a witness's signature beside the device's own does no harm, and does not stand for it", () => {
  const note = signCheckpoint(head, signer);
  const witness = '— witness.example AAAAAAAA\n';
  expect(openCheckpoint(note + witness, signer.publicKey).size).toBe(head.size);
  const alone = note.replace(/— [^\n]*\n/, witness);
  expect(() => openCheckpoint(alone, signer.publicKey)).toThrow('is not signed by');
});

test.each([
  ['a size of another writing', (note: string) => note.replace('20852', '020852')],
  ['a size of more than 32 bits', (note: string) => note.replace('20852', '12345678901')],
  ['a root that is too short', (note: string) => note.replace('BwcH', '')],
  ['a line more', (note: string) => note.replace('\n\n', '\nmore\n\n')],
  ['no signature', (note: string) => note.slice(0, note.indexOf('—'))],
  ['nothing', () => ''],
])('with %s it is none', (_what, edit) => {
  expect(() => openCheckpoint(edit(signCheckpoint(head, signer)), signer.publicKey)).toThrow(
    expect.objectContaining({ code: 'EVIDENCE_BROKEN' }),
  );
});

test('a key may be given as fingerprint, as hexadecimal digits, or as a verifier key', () => {
  const { publicKey } = signer;
  const known = fingerprint(publicKey);
  const forms = [
    known,
    known.replaceAll('-', ' '),
    Buffer.from(publicKey).toString('hex'),
    verifierKey(publicKey),
  ];
  for (const form of forms) expect(parseKey(form), form).toBe(known);
  for (const form of ['', '12', `${verifierKey(publicKey)}A`, verifierKey(publicKey).replace('+', '++')]) {
    expect(parseKey(form), form).toBeUndefined();
  }
});
