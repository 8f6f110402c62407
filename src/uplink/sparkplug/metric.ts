/**
 * The data types that Lintel uses, with their number in the standard's list and the field that carries them
 * (Sparkplug 3.0.0, 6.4.16). Whole numbers are Int64 throughout: libraries disagree about the field of a UInt32.
 */
export const DATA_TYPES = {
  Int64: { code: 4, field: 'longValue' },
  Double: { code: 10, field: 'doubleValue' },
  Boolean: { code: 11, field: 'booleanValue' },
  String: { code: 12, field: 'stringValue' },
  DateTime: { code: 13, field: 'longValue' },
  Bytes: { code: 17, field: 'bytesValue' },
} as const;

export type DataType = keyof typeof DATA_TYPES;
export type MetricValue = number | boolean | string | Uint8Array;

export interface Metric {
  readonly name: string;
  readonly type: DataType;
  /** Undefined where there is none to tell, which is not zero. A DateTime is in milliseconds since 1970. */
  readonly value: MetricValue | undefined;
  /** When the value was true, in milliseconds since 1970. */
  readonly timestampMs: number;
  /** Of a window that is not the latest: not to be shown as the present. */
  readonly isHistorical?: boolean;
  /** Not worth keeping. */
  readonly isTransient?: boolean;
}
