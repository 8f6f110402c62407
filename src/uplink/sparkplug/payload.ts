import { sparkplug } from '../../wire/generated/sparkplug.js';
import { DATA_TYPES, type Metric } from './metric.ts';

export interface SparkplugMessage {
  /** When it is sent, in milliseconds since 1970. */
  readonly timestampMs: number;
  /** 0 to 255; a death certificate has none. */
  readonly sequence?: number;
  readonly metrics: readonly Metric[];
  /** Whether each metric says its data type, as in a birth certificate. */
  readonly withTypes: boolean;
}

/** The metric that makes a message as long as every other of its kind. */
const PADDING = 'Padding';
/** From this length on, the lengths of the padding and of its metric take two bytes each, whatever they are. */
const SHORTEST_PADDING = 128;

export function encodePayload({ timestampMs, sequence, metrics, withTypes }: SparkplugMessage): Uint8Array {
  return sparkplug.v1.Payload.encode({
    timestamp: timestampMs,
    metrics: metrics.map((metric) => toWire(metric, withTypes)),
    ...(sequence !== undefined && { seq: sequence }),
  }).finish();
}

/**
 * The same with one metric more, that makes it exactly `byteLength` long: the standard writes numbers in as few bytes
 * as they take, and a null in fewer, so that the size of a message would tell what is in it (promise P6).
 */
export function encodePadded(message: SparkplugMessage, byteLength: number): Uint8Array {
  const padded = (length: number) => {
    const padding = paddingMetric(message.timestampMs, new Uint8Array(length));
    return encodePayload({ ...message, metrics: [...message.metrics, padding] });
  };
  const missing = byteLength - padded(SHORTEST_PADDING).length;
  if (missing < 0) throw new RangeError(`${-missing} bytes too many for a message of ${byteLength}`);
  return padded(SHORTEST_PADDING + missing);
}

function paddingMetric(timestampMs: number, value: Uint8Array): Metric {
  return { name: PADDING, type: 'Bytes', value, timestampMs, isTransient: true };
}

function toWire(metric: Metric, withType: boolean): sparkplug.v1.Metric.$Properties {
  const { name, type, value, timestampMs, isHistorical, isTransient } = metric;
  const { code, field } = DATA_TYPES[type];
  return {
    name,
    timestamp: timestampMs,
    ...(withType && { datatype: code }),
    ...(isHistorical && { isHistorical }),
    ...(isTransient && { isTransient }),
    ...(value === undefined ? { isNull: true } : { [field]: value }),
  };
}
