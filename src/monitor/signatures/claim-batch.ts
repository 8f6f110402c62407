import type { SignatureClaim } from '../../wire/signature.ts';

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const LENGTH_BYTES = 4;
const HEAD_BYTES = LENGTH_BYTES + KEY_BYTES + SIGNATURE_BYTES;

/** Many claims in one piece of memory, which goes to another thread without being copied. */
export function packClaims(claims: readonly SignatureClaim[]): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(claims.reduce((sum, { text }) => sum + HEAD_BYTES + text.length, 0));
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const { text, publicKey, signature } of claims) {
    view.setUint32(at, text.length);
    packed.set(publicKey, at + LENGTH_BYTES);
    packed.set(signature, at + LENGTH_BYTES + KEY_BYTES);
    packed.set(text, at + HEAD_BYTES);
    at += HEAD_BYTES + text.length;
  }
  return packed;
}

/** What `packClaims` packed, in its order; they lie in the same memory. */
export function unpackClaims(packed: Uint8Array): SignatureClaim[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const claims: SignatureClaim[] = [];
  for (let at = 0; at < packed.length; ) {
    const end = at + HEAD_BYTES + view.getUint32(at);
    const key = at + LENGTH_BYTES;
    claims.push({
      publicKey: packed.subarray(key, key + KEY_BYTES),
      signature: packed.subarray(key + KEY_BYTES, at + HEAD_BYTES),
      text: packed.subarray(at + HEAD_BYTES, end),
    });
    at = end;
  }
  return claims;
}
