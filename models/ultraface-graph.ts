import type { onnx } from 'onnx-proto';
import onnxProto from 'onnx-proto';
import type { ModelFile } from '../src/detect/catalogue.ts';
import { malformed } from './flat-table.ts';
import { floatTensor, IR_VERSION, integerTensor, OPSET } from './onnx-graph.ts';

/** What the tensors are called in the source: class logits and box offsets, before softmax and fixed anchors. */
const OUTPUTS: ReadonlyMap<string, string> = new Map([
  ['461', 'cls'],
  ['462', 'loc'],
]);

/**
 * The Ultra-Light detector (version RFB-320), cut off before the part that is bound to 320x240 and set to the
 * input size of `file`. The cut-off part is done in `src/detect/ultraface.ts`.
 * @throws LintelError MODEL_SOURCE
 */
export function buildUltraface(source: Uint8Array, file: ModelFile): Uint8Array {
  const model = decode(source);
  const graph = model.graph;
  if (!graph?.node || !graph.initializer) throw malformed('it holds no graph');

  const node = reachable(withPlainShapes(graph.node, file), [...OUTPUTS.keys()]);
  const used = new Set(node.flatMap(({ input }) => input ?? []));
  const shapes = Object.entries(file.outputs).map(([name, shape]) =>
    integerTensor(`${name}_shape`, [1, -1, shape[2]!]),
  );
  const initializer = [...graph.initializer, ...shapes].filter(({ name }) => used.has(name ?? ''));
  const renamed = node.map((one) => ({
    ...one,
    input: one.input?.map(rename) ?? [],
    output: one.output?.map(rename) ?? [],
  }));
  return onnxProto.onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name: 'ultraface',
      node: renamed,
      initializer,
      input: [floatTensor('input', [1, 3, file.height, file.width])],
      output: Object.entries(file.outputs).map(([name, shape]) => floatTensor(name, shape)),
    },
  }).finish();
}

/**
 * The shape of each output's rows is computed in the source, with operators that are other ones in later opsets; here it
 * is a constant.
 */
function withPlainShapes(nodes: readonly onnx.INodeProto[], file: ModelFile): onnx.INodeProto[] {
  const names = new Map<string, string>();
  for (const [tensor, name] of OUTPUTS) {
    if (!file.outputs[name]) continue;
    const joined = nodes.find(({ output }) => output?.includes(tensor));
    for (const part of joined?.opType === 'Concat' ? joined.input! : [tensor])
      names.set(part, `${name}_shape`);
  }
  return nodes.map((node) => {
    const shape = node.opType === 'Reshape' ? names.get(node.output![0]!) : undefined;
    return shape ? { ...node, input: [node.input![0]!, shape] } : node;
  });
}

/** The nodes that the tensors `wanted` are computed by, in the order in which they stand. */
function reachable(nodes: readonly onnx.INodeProto[], wanted: readonly string[]): onnx.INodeProto[] {
  const needed = new Set(wanted);
  const kept = nodes.toReversed().filter((node) => {
    if (!node.output?.some((name) => needed.has(name))) return false;
    for (const name of node.input ?? []) needed.add(name);
    return true;
  });
  if (wanted.some((name) => !nodes.some((node) => node.output?.includes(name)))) {
    throw malformed('it is not the Ultra-Light face detector');
  }
  return kept.reverse();
}

function rename(name: string): string {
  return OUTPUTS.get(name) ?? name;
}

function decode(source: Uint8Array): onnx.IModelProto {
  try {
    return onnxProto.onnx.ModelProto.decode(source);
  } catch (cause) {
    throw malformed('it is not an ONNX file', cause);
  }
}
