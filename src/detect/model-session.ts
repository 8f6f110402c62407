import { InferenceSession, Tensor } from 'onnxruntime-node';
import { LintelError } from '../lintel-error.ts';
import { type ModelFile, ModelRefused, readModel } from './catalogue.ts';

/** An open model: numbers go into `input`, `run` fills `cls` and `loc`. */
export class ModelSession {
  /** The planes Y, Cb and Cr, [3, height, width]; to be filled before `run`. */
  readonly input: Uint8Array;
  /** What the last run said: how much each place looks like a face, and where its box is. */
  cls = new Float32Array();
  loc = new Float32Array();
  readonly #session: InferenceSession;
  readonly #feeds: { planes: Tensor };

  /** @throws ModelRefused, LintelError MODEL_MISSING, MODEL_BROKEN */
  static async open(modelsDir: string, file: ModelFile, threads: number): Promise<ModelSession> {
    const bytes = await readModel(modelsDir, file);
    const session = await create(bytes, file, threads);
    try {
      refuseUnlessDeclared(session, file);
    } catch (error) {
      await session.release();
      throw error;
    }
    return new ModelSession(session, file);
  }

  private constructor(session: InferenceSession, file: ModelFile) {
    this.#session = session;
    this.input = new Uint8Array(3 * file.width * file.height);
    this.#feeds = { planes: new Tensor('uint8', this.input, [1, 3, file.height, file.width]) };
  }

  /** Blocks the thread for as long as the model takes. @throws LintelError MODEL_RUN */
  async run(): Promise<void> {
    giveBack(this.cls);
    giveBack(this.loc);
    try {
      const { cls, loc } = await this.#session.run(this.#feeds);
      this.cls = cls!.data as Float32Array<ArrayBuffer>;
      this.loc = loc!.data as Float32Array<ArrayBuffer>;
    } catch (cause) {
      throw new LintelError('MODEL_RUN', 'the model failed while looking at a frame', cause);
    }
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

/**
 * The runtime copies its outputs into new memory at every run, also when it is handed memory to fill. That memory is
 * freed here, and not only when it has piled up to a garbage collection.
 */
function giveBack(output: Float32Array<ArrayBuffer>): void {
  if (output.length > 0) output.buffer.transfer(0);
}

async function create(bytes: Uint8Array, file: ModelFile, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // A thread that waits for work by spinning takes a core from the camera.
      extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    throw new LintelError('MODEL_BROKEN', `${file.name} cannot be opened: run \`npm run setup\``, cause);
  }
}

/** What the catalogue declares is what comes out, neither more nor less (promise P7). */
function refuseUnlessDeclared(session: InferenceSession, file: ModelFile): void {
  const declared = Object.entries(file.outputs).map(([name, shape]) => signature(name, 'float32', shape));
  const found = session.outputMetadata.map((output) =>
    output.isTensor ? signature(output.name, output.type, output.shape) : `${output.name} (no tensor)`,
  );
  const extra = found.find((output) => !declared.includes(output));
  if (extra !== undefined) throw new ModelRefused(`${file.name} has the undeclared output ${extra}`);
  const missing = declared.find((output) => !found.includes(output));
  if (missing !== undefined) throw new ModelRefused(`${file.name} lacks the declared output ${missing}`);
}

function signature(name: string, type: string, shape: readonly (number | string)[]): string {
  return `${name} ${type}[${shape}]`;
}
