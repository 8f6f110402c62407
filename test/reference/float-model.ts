import { readFileSync } from 'node:fs';
import onnxProto from 'onnx-proto';

const { ModelProto, TensorProto } = onnxProto.onnx;

/** A built model without its first step, which makes numbers of bytes: it then takes Y, Cb and Cr less `grey`. */
export function floatModel(path: string): { model: Uint8Array; grey: readonly number[] } {
  const model = ModelProto.decode(readFileSync(path));
  const [step] = model.graph!.node!.splice(0, 1);
  if (step?.opType !== 'DequantizeLinear') throw new Error(`${path} begins with ${step?.opType}`);
  const grey = model.graph!.initializer!.find(({ name }) => name === step.input![2]);
  model.graph!.initializer = model.graph!.initializer!.filter(({ name }) => !step.input!.includes(name!));
  const [input] = model.graph!.input!;
  input!.name = 'input';
  input!.type!.tensorType!.elemType = TensorProto.DataType.FLOAT;
  return { model: ModelProto.encode(model).finish(), grey: [...grey!.rawData!] };
}
