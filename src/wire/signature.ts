import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { perKey } from './per-key.ts';
import { checkAddress, type DeviceAddress } from './report-topic.ts';

/** The messages that a device signs, by their names in the schema. A signature of one kind is none of the other. */
export type SignedKind = 'Report' | 'Status';

/** Whoever holds the device's key. */
export interface Signer {
  /** 32 bytes, as RFC 8032 encodes it. */
  readonly publicKey: Uint8Array;
  /** An Ed25519 signature: 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

export const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** Field 15, of 64 bytes, in protobuf's encoding. */
const SIGNATURE_HEAD = Uint8Array.of((15 << 3) | 2, SIGNATURE_BYTES);
/** What `withSignature` adds. */
export const SIGNATURE_FIELD_BYTES = SIGNATURE_HEAD.length + SIGNATURE_BYTES;

/**
 * @param body all fields but the signature, the signer's public key last
 * @throws LintelError ADDRESS_INVALID
 */
export function withSignature(
  kind: SignedKind,
  address: DeviceAddress,
  body: Uint8Array,
  signer: Signer,
): Uint8Array {
  const signature = signer.sign(signedText(kind, address, body));
  return Buffer.concat([body, SIGNATURE_HEAD, signature]);
}

/** All of a message but its signature; undefined when it does not end with one. */
export function withoutSignature(bytes: Uint8Array): Uint8Array | undefined {
  const body = bytes.subarray(0, Math.max(0, bytes.length - SIGNATURE_FIELD_BYTES));
  const head = bytes.subarray(body.length, body.length + SIGNATURE_HEAD.length);
  return Buffer.compare(head, SIGNATURE_HEAD) === 0 ? body : undefined;
}

/** What a message says of its signer, not checked. */
export interface SignatureClaim {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  /** What was signed. */
  readonly text: Uint8Array;
}

/** Checks a claim somewhere else. @returns whether the signature is good */
export type SignatureCheck = (claim: SignatureClaim) => Promise<boolean>;

/**
 * Of the very bytes that were received, so that nothing depends on writing them the same way again.
 * @param address of the topic on which they came
 * @returns undefined when they end with no signature
 */
export function claimOf(
  kind: SignedKind,
  address: DeviceAddress,
  bytes: Uint8Array,
): SignatureClaim | undefined {
  const body = withoutSignature(bytes);
  if (!body || body.length < PUBLIC_KEY_BYTES) return undefined;
  const publicKey = new Uint8Array(body.subarray(-PUBLIC_KEY_BYTES));
  return { publicKey, signature: bytes.subarray(-SIGNATURE_BYTES), text: signedText(kind, address, body) };
}

/** @returns the public key whose signature a message bears, or undefined when it is not good; whose key it is, is not known */
export function signerOf(
  kind: SignedKind,
  address: DeviceAddress,
  bytes: Uint8Array,
): Uint8Array | undefined {
  const claim = claimOf(kind, address, bytes);
  return claim && isSignature(claim.signature, claim.text, claim.publicKey) ? claim.publicKey : undefined;
}

/** The same, checked somewhere else. */
export async function signerOfAsync(
  kind: SignedKind,
  address: DeviceAddress,
  bytes: Uint8Array,
  check: SignatureCheck,
): Promise<Uint8Array | undefined> {
  const claim = claimOf(kind, address, bytes);
  return claim && (await check(claim)) ? claim.publicKey : undefined;
}

/** Whether this is the Ed25519 signature of `text` by the key whose 32 public bytes are given. */
export function isSignature(signature: Uint8Array, text: Uint8Array, publicKey: Uint8Array): boolean {
  return verify(null, text, keyObject(publicKey), signature);
}

/**
 * The kind and the address stand before the message, each ended by a zero byte, which neither can hold: so a message
 * can be taken neither for one of another kind nor for one of another door.
 */
function signedText(kind: SignedKind, address: DeviceAddress, body: Uint8Array): Uint8Array {
  const { site, device } = checkAddress(address);
  return Buffer.concat([Buffer.from(`lintel.v1.${kind}\0${site}/${device}\0`), body]);
}

/**
 * By way of a JSON Web Key (RFC 8037), the one form in which Node takes the 32 bytes alone. To make one takes half as long as to check a
 * signature.
 */
const keyObject = perKey((publicKey): KeyObject => {
  const x = Buffer.from(publicKey).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
});
