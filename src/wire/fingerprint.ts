import { hash } from 'node:crypto';

const HEX_DIGITS = 32;

/**
 * A public key in a form that people can compare and read out: the first 128 bits of the SHA-256 of its 32 bytes, in
 * groups of four hexadecimal digits. That is the hash `sha-256-128` of RFC 6920, grouped as in its section 7.
 */
export function fingerprint(publicKey: Uint8Array): string {
  return grouped(hash('sha256', publicKey).slice(0, HEX_DIGITS));
}

/** @returns the fingerprint as `fingerprint` writes it, or undefined when this is none */
export function parseFingerprint(text: string): string | undefined {
  const digits = text.replace(/[-: ]/g, '').toLowerCase();
  return digits.length === HEX_DIGITS && /^[0-9a-f]+$/.test(digits) ? grouped(digits) : undefined;
}

function grouped(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1-');
}
