import { readFileSync } from 'node:fs';
import onnxProto from 'onnx-proto';

const { ModelProto, TensorProto } = onnxProto.onnx;

/** A built model without its first two steps, which make numbers of bytes: it then takes Y, Cb and Cr less grey. */
export function floatModel(path: string): Uint8Array {
  const model = ModelProto.decode(readFileSync(path));
  const steps = model.graph!.node!.splice(0, 2).map(({ opType }) => opType);
  if (steps.join() !== 'Cast,Sub') throw new Error(`${path} begins with ${steps}`);
  model.graph!.initializer = model.graph!.initializer!.filter(({ name }) => name !== 'grey');
  const [input] = model.graph!.input!;
  input!.name = 'input';
  input!.type!.tensorType!.elemType = TensorProto.DataType.FLOAT;
  return ModelProto.encode(model).finish();
}
