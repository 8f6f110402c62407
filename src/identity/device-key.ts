import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { join } from 'node:path';
import { type Disk, errorCode } from '../disk/disk.ts';
import { readReplaced, replaceFile } from '../disk/replace-file.ts';
import { LintelError } from '../lintel-error.ts';
import type { Signer } from '../wire/signature.ts';

const NAME = 'device-key.pem';
const MAX_BYTES = 1_024;

/**
 * The Ed25519 key that a device signs with: made once, at the first start, and never replaced, since another key is
 * another identity. It lies in vision's own folder, for nobody else to read: the private key and then the public one,
 * in PEM (PKCS #8 and SubjectPublicKeyInfo, RFC 8410), so that damage to either shows, and `openssl pkey` reads it.
 */
export class DeviceKey implements Signer {
  readonly publicKey: Uint8Array;
  readonly #privateKey: KeyObject;

  private constructor(privateKey: KeyObject) {
    const { x = '' } = privateKey.export({ format: 'jwk' });
    this.publicKey = Buffer.from(x, 'base64url');
    this.#privateKey = privateKey;
  }

  /**
   * Makes a key where there is none. Once it resolves, no power cut takes the key away.
   * @param stateDir must exist
   * @throws LintelError DEVICE_KEY_DAMAGED, DEVICE_KEY_UNUSABLE: nothing is made in its place
   */
  static async open(stateDir: string, disk: Disk): Promise<DeviceKey> {
    try {
      return await DeviceKey.read(stateDir, disk);
    } catch (error) {
      if (errorCode(error) !== 'DEVICE_KEY_MISSING') throw error;
    }
    const path = join(stateDir, NAME);
    const { privateKey } = generateKeyPairSync('ed25519');
    await replaceFile(disk, path, encode(privateKey), 'nobody').catch((error) => {
      throw unusable(path, error);
    });
    return new DeviceKey(privateKey);
  }

  /** @throws LintelError DEVICE_KEY_MISSING, DEVICE_KEY_DAMAGED, DEVICE_KEY_UNUSABLE */
  static async read(stateDir: string, disk: Disk): Promise<DeviceKey> {
    const path = join(stateDir, NAME);
    const bytes = await readReplaced(disk, path, MAX_BYTES).catch((error) => {
      throw unusable(path, error);
    });
    try {
      return new DeviceKey(decode(bytes));
    } catch (error) {
      throw damaged(path, error);
    }
  }

  sign(message: Uint8Array): Uint8Array {
    return sign(null, message, this.#privateKey);
  }
}

function encode(privateKey: KeyObject): Uint8Array {
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const known = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
  return Buffer.from(`${secret}${known}`);
}

/** @throws Error when these are not, to the byte, what `encode` gives */
function decode(bytes: Uint8Array): KeyObject {
  const privateKey = createPrivateKey(Buffer.from(bytes));
  if (privateKey.asymmetricKeyType !== 'ed25519' || Buffer.compare(encode(privateKey), bytes) !== 0) {
    throw new Error('the private key and the public key do not belong together');
  }
  return privateKey;
}

function unusable(path: string, error: unknown): LintelError {
  switch (errorCode(error)) {
    case 'ENOENT':
      return new LintelError(
        'DEVICE_KEY_MISSING',
        `there is no ${path}: vision makes it when it first starts`,
        error,
      );
    case 'EFBIG':
      return damaged(path, error);
    default:
      return new LintelError(
        'DEVICE_KEY_UNUSABLE',
        `the device's key ${path} cannot be used (${errorCode(error)}): see that there is room, and who may use its folder`,
        error,
      );
  }
}

function damaged(path: string, error: unknown): LintelError {
  return new LintelError(
    'DEVICE_KEY_DAMAGED',
    `the device's key ${path} is damaged: bring it back from a copy; or delete it, and vision makes another one, which every receiver must then be told of`,
    error,
  );
}
