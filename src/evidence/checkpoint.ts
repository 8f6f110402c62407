import { createHash } from 'node:crypto';
import { fingerprint, parseFingerprint } from '../wire/fingerprint.ts';
import { isSignature, type Signer } from '../wire/signature.ts';
import { EvidenceBroken } from './evidence-error.ts';
import { HASH_BYTES } from './merkle-tree.ts';

/** How many records there are, and the root of the tree over them. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** The name of a log, and of the key that signs it: every key has one log. */
export function originOf(publicKey: Uint8Array): string {
  return `lintel.evidence/${fingerprint(publicKey)}`;
}

/** A checkpoint (C2SP tlog-checkpoint) as a signed note (C2SP signed-note) with the device's Ed25519 signature. */
export function signCheckpoint({ size, root }: TreeHead, signer: Signer): string {
  const origin = originOf(signer.publicKey);
  const text = `${origin}\n${size}\n${base64(root)}\n`;
  const signature = Buffer.concat([keyId(origin, signer.publicKey), signer.sign(Buffer.from(text))]);
  return `${text}\n— ${origin} ${base64(signature)}\n`;
}

/**
 * The head that a checkpoint states. Signatures by others beside the log's own, such as witnesses', are passed over.
 * @throws EvidenceBroken when it is none, is of another log, or is not signed by that key
 */
export function openCheckpoint(note: string, publicKey: Uint8Array): TreeHead {
  const origin = originOf(publicKey);
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const [name, size = '', root = '', ...rest] = text.split('\n');
  const hash = Buffer.from(root, 'base64');
  const isWhole = /^(0|[1-9][0-9]{0,9})$/.test(size) && hash.length === HASH_BYTES && base64(hash) === root;
  if (end === 0 || !isWhole || rest[0] !== '') {
    throw new EvidenceBroken('signature', 'this is not a checkpoint as C2SP tlog-checkpoint describes it');
  }
  if (name !== origin) {
    throw new EvidenceBroken('key', `the checkpoint is that of ${name}, not that of ${origin}`);
  }
  const lines = note.slice(end + 1).split('\n');
  if (!lines.some((line) => isSignatureLine(line, text, publicKey))) {
    throw new EvidenceBroken('signature', `the checkpoint over ${size} records is not signed by ${origin}`);
  }
  return { size: Number(size), root: hash };
}

/** Whether a line of a signed note is this key's signature of `text`, under the name with which `text` begins. */
export function isSignatureLine(line: string, text: string, publicKey: Uint8Array, name = firstLine(text)) {
  const start = `— ${name} `;
  if (!line.startsWith(start)) return false;
  const bytes = Buffer.from(line.slice(start.length), 'base64');
  const id = keyId(name, publicKey);
  return (
    start + base64(bytes) === line &&
    Buffer.compare(bytes.subarray(0, id.length), id) === 0 &&
    isSignature(bytes.subarray(id.length), Buffer.from(text), publicKey)
  );
}

/** A key as C2SP's tools take it. */
export function verifierKey(publicKey: Uint8Array): string {
  const name = originOf(publicKey);
  return `${name}+${keyId(name, publicKey).toString('hex')}+${base64(Buffer.concat([ED25519, publicKey]))}`;
}

/** The fingerprint of a key that is given as that, as 64 hexadecimal digits, or as C2SP's tools take it. */
export function parseKey(text: string): string | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return fingerprint(Buffer.from(text, 'hex'));
  const publicKey = Buffer.from(text.split('+').slice(2).join('+'), 'base64').subarray(ED25519.length);
  const isVerifier = publicKey.length === 32 && verifierKey(publicKey) === text;
  return isVerifier ? fingerprint(publicKey) : parseFingerprint(text);
}

const ED25519 = Uint8Array.of(1);

function keyId(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256').update(`${name}\n`).update(ED25519).update(publicKey).digest().subarray(0, 4);
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\n'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
