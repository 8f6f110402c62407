import { createHash } from 'node:crypto';
import { modelFile, readCatalogue } from './catalogue.ts';
import { PROFILES, type ProfileName } from './profile.ts';

/**
 * The SHA-256 over the SHA-256 of each model file that a profile uses, in the profile's order. They are the
 * catalogue's: no other file is ever loaded (promise P7).
 * @throws ModelRefused; LintelError MODEL_CATALOGUE
 */
export async function modelsDigest(profile: ProfileName): Promise<Uint8Array> {
  const catalogue = await readCatalogue();
  const digest = createHash('sha256');
  for (const { model, width, height } of PROFILES[profile]) {
    digest.update(Buffer.from(modelFile(catalogue, model, width, height).sha256, 'hex'));
  }
  return digest.digest();
}
