import { createPrivateKey, sign } from 'node:crypto';
import { exampleReport } from './example-report.ts';
import { exampleStatus } from './example-status.ts';
import type { Report } from './report.ts';
import { encodeReport } from './report-codec.ts';
import type { Signer } from './signature.ts';
import type { Status } from './status.ts';
import { encodeStatus } from './status-codec.ts';

/** A device's key for tests: that of test 1 in RFC 8032, section 7.1, unless another secret key is given. */
export function exampleSigner(
  secretHex = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
): Signer {
  // PKCS #8 as RFC 8410 has it, section 7, before the secret key.
  const der = Buffer.from(`302e020100300506032b657004220420${secretHex}`, 'hex');
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = key.export({ format: 'jwk' });
  return { publicKey: Buffer.from(x, 'base64url'), sign: (message) => sign(null, message, key) };
}

/** Signs as a message of a device was signed, whoever that was: what it writes is to be the same message. */
export function repeatSigner(bytes: Uint8Array): Signer {
  return { publicKey: bytes.slice(-98, -66), sign: () => bytes.slice(-64) };
}

/** An ordinary report, as the door `hall/front` sends it. */
export function signedExample(changes: Partial<Report> = {}, signer = exampleSigner()): Uint8Array {
  return encodeReport(exampleReport(changes), { site: 'hall', device: 'front' }, signer);
}

/** An ordinary status, as the door `hall/front` sends it. */
export function signedStatus(changes: Partial<Status> = {}, signer = exampleSigner()): Uint8Array {
  return encodeStatus(exampleStatus(changes), { site: 'hall', device: 'front' }, signer);
}
