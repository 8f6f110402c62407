import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { LintelError } from '../lintel-error.ts';

/**
 * Promise P7: no model that identifies, or tells age, sex, race, health or feeling can be loaded. What a model may
 * be is said here, in code, and not in the catalogue: it finds faces, it says for each of N places how much they
 * look like a face (`cls`) and where the box is (`loc`), and nothing else comes out of it.
 */
const PURPOSE = 'face-detection';
const OUTPUTS: ReadonlyMap<string, (shape: readonly number[]) => boolean> = new Map([
  ['cls', ([one, , numbers]) => one === 1 && (numbers === 1 || numbers === 2)],
  ['loc', ([one, , numbers]) => one === 1 && numbers === 4],
]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const side = z.int().min(32).max(4096).multipleOf(32);

const fileSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+[.]onnx$/),
  width: side,
  height: side,
  /** Every output by its name, with its shape. */
  outputs: z.record(z.string(), z.array(z.int().positive()).length(3)),
  sha256,
});

const cardSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  purpose: z.string(),
  about: z.string(),
  licence: z.string(),
  source: z.strictObject({
    package: z.string(),
    version: z.string(),
    integrity: z.string().startsWith('sha512-'),
    file: z.string(),
    sha256,
  }),
  files: z.array(fileSchema).nonempty(),
});

/** One input size of a model, as the builder makes it. */
export type ModelFile = z.infer<typeof fileSchema>;
/** What is known of one model: where it comes from, what it is for, and the files built from it. */
export type ModelCard = z.infer<typeof cardSchema>;

/** A model that the catalogue, or this file, does not allow. */
export class ModelRefused extends LintelError {
  constructor(what: string) {
    super(
      'MODEL_REFUSED',
      `${what}; loading it would break promise P7 (only models that find faces, and only those)`,
    );
  }
}

/** The project's own catalogue. It belongs to the code and cannot be set. */
export const CATALOGUE = fileURLToPath(new URL('../../models/catalogue.json', import.meta.url));

/**
 * @throws ModelRefused when a card declares a purpose or an output that no face detector has
 * @throws LintelError MODEL_CATALOGUE
 */
export async function readCatalogue(path = CATALOGUE): Promise<ModelCard[]> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new LintelError(
      'MODEL_CATALOGUE',
      `the model catalogue ${path} cannot be read: install Lintel again`,
      cause,
    );
  }
  const parsed = z.array(cardSchema).safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.');
    throw new LintelError(
      'MODEL_CATALOGUE',
      `the model catalogue ${path} is wrong at ${where}: ${issue?.message}`,
    );
  }
  for (const card of parsed.data) refuseUnlessDetector(card);
  return parsed.data;
}

/** The file of model `id` for an input of `width` by `height`. @throws LintelError MODEL_CATALOGUE */
export function modelFile(
  catalogue: readonly ModelCard[],
  id: string,
  width: number,
  height: number,
): ModelFile {
  const card = catalogue.find((one) => one.id === id);
  const file = card?.files.find((one) => one.width === width && one.height === height);
  if (!file)
    throw new LintelError('MODEL_CATALOGUE', `the catalogue has no model ${id} for ${width}x${height}`);
  return file;
}

/**
 * The bytes of a built model. The very bytes returned were hashed, so nothing can be changed between check and use.
 * @throws ModelRefused when they are not the recorded ones
 * @throws LintelError MODEL_MISSING
 */
export async function readModel(modelsDir: string, file: ModelFile): Promise<Uint8Array> {
  const path = join(modelsDir, file.name);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new LintelError('MODEL_MISSING', `the model ${path} cannot be read: run \`npm run setup\``, cause);
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== file.sha256) {
    throw new ModelRefused(
      `${path} is not the model of the catalogue (its SHA-256 begins ${found.slice(0, 12)})`,
    );
  }
  return bytes;
}

function refuseUnlessDetector(card: ModelCard): void {
  if (card.purpose !== PURPOSE) {
    throw new ModelRefused(`the model ${card.id} declares the purpose '${card.purpose}'`);
  }
  for (const { name, outputs } of card.files) {
    for (const output of new Set([...OUTPUTS.keys(), ...Object.keys(outputs)])) {
      const shape = outputs[output];
      if (!shape || !OUTPUTS.get(output)?.(shape)) {
        const what = shape ? `the output '${output}' of shape ${shape.join('x')}` : `no output '${output}'`;
        throw new ModelRefused(`${name} declares ${what}`);
      }
    }
  }
}
