import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleSigner, signedExample } from './example-signer.ts';
import { isSignature, type SignatureCheck, signerOf, signerOfAsync, withSignature } from './signature.ts';

const hall = { site: 'hall', device: 'front' };
const hex = (text: string) => Buffer.from(text, 'hex');

/** RFC 8032, section 7.1: secret key, public key, message, signature. */
const VECTORS = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
] as const;

test.each(VECTORS)('the key %s signs as RFC 8032 says', (secret, known, message, signature) => {
  const signer = exampleSigner(secret);
  expect(Buffer.from(signer.publicKey)).toEqual(hex(known));
  expect(Buffer.from(signer.sign(hex(message)))).toEqual(hex(signature));
});

describe('the signature of a message', () => {
  test('is good for its own kind and door, and for no other', () => {
    const bytes = signedExample();
    expect(Buffer.from(signerOf('Report', hall, bytes)!)).toEqual(hex(VECTORS[0][1]));
    expect(signerOf('Status', hall, bytes)).toBeUndefined();
    expect(signerOf('Report', { site: 'hall', device: 'back' }, bytes)).toBeUndefined();
    expect(signerOf('Report', { site: 'halls', device: 'front' }, bytes)).toBeUndefined();
  });

  test('is found good and bad alike when it is checked somewhere else', async () => {
    const check: SignatureCheck = async ({ signature, text, publicKey }) =>
      isSignature(signature, text, publicKey);
    const bytes = signedExample();
    expect(Buffer.from((await signerOfAsync('Report', hall, bytes, check))!)).toEqual(hex(VECTORS[0][1]));
    expect(await signerOfAsync('Status', hall, bytes, check)).toBeUndefined();
    expect(await signerOfAsync('Report', hall, bytes.subarray(1), check)).toBeUndefined();
  });

  test('is broken by any bit that is flipped, wherever it is', () => {
    const bytes = signedExample();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(signerOf('Report', hall, flipped), `bit ${bit}`).toBeUndefined();
    }
  });

  test('cannot be had by moving bytes between the address and the message', () => {
    const signer = exampleSigner();
    const body = Buffer.concat([Buffer.from('counts'), signer.publicKey]);
    const [short, long] = ['a', 'aa'].map((device) =>
      withSignature('Report', { site: 'a', device }, body, signer),
    );
    expect(short).not.toEqual(long);
  });

  test('is not found in whatever else there is, and looking for it is no error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(signerOf('Report', hall, bytes)).toBeUndefined();
      }),
    );
    const { publicKey, sign } = exampleSigner();
    for (const length of [0, 31]) {
      const body = publicKey.slice(0, length);
      expect(
        signerOf('Report', hall, withSignature('Report', hall, body, { publicKey, sign })),
      ).toBeUndefined();
    }
  });
});
