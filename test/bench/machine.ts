import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import onnxruntime from 'onnxruntime-node/package.json' with { type: 'json' };

/** What a figure depends on, and nothing that tells whose machine it is: no name, no address, no serial number. */
export interface Machine {
  readonly model: string;
  readonly cores: number;
  readonly memoryMegabytes: number;
  readonly architecture: string;
  readonly kernel: string;
  readonly node: string;
  readonly onnxruntime: string;
}

export function thisMachine(): Machine {
  return {
    model: boardModel() ?? cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryMegabytes: Math.round(totalmem() / 1e6),
    architecture: process.arch,
    kernel: release(),
    node: process.versions.node,
    onnxruntime: onnxruntime.version,
  };
}

/** Boards say what they are in their device tree (Devicetree Specification 0.4, 2.3.1), ended by a zero. */
function boardModel(): string | undefined {
  try {
    return readFileSync('/proc/device-tree/model', 'utf8').replace(/\0.*$/s, '').trim() || undefined;
  } catch {
    return undefined;
  }
}
