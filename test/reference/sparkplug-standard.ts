import protobuf from 'protobufjs';

/**
 * The payload of the Eclipse Sparkplug Specification 3.0.0, 6.4.1, as a host reads it: proto2, with all fields of a
 * metric, which the project's own schema has only in part.
 */
const { root } = protobuf.parse(`
  syntax = "proto2";
  message Payload {
    optional uint64 timestamp = 1;
    repeated Metric metrics = 2;
    optional uint64 seq = 3;
    optional string uuid = 4;
    optional bytes body = 5;
  }
  message Metric {
    optional string name = 1;
    optional uint64 alias = 2;
    optional uint64 timestamp = 3;
    optional uint32 datatype = 4;
    optional bool is_historical = 5;
    optional bool is_transient = 6;
    optional bool is_null = 7;
    optional bytes metadata = 8;
    optional bytes properties = 9;
    oneof value {
      uint32 int_value = 10;
      uint64 long_value = 11;
      float float_value = 12;
      double double_value = 13;
      bool boolean_value = 14;
      string string_value = 15;
      bytes bytes_value = 16;
      bytes dataset_value = 17;
      bytes template_value = 18;
      bytes extension_value = 19;
    }
  }`);
const PAYLOAD = root.lookupType('Payload');

/** Absent fields are absent. Numbers of 64 bits come as numbers. */
export interface StandardMetric {
  readonly name?: string;
  readonly alias?: number;
  readonly timestamp?: number;
  readonly datatype?: number;
  readonly isHistorical?: boolean;
  readonly isTransient?: boolean;
  readonly isNull?: boolean;
  readonly longValue?: number;
  readonly doubleValue?: number;
  readonly booleanValue?: boolean;
  readonly stringValue?: string;
  readonly bytesValue?: Uint8Array;
}

export interface StandardPayload {
  readonly timestamp?: number;
  readonly seq?: number;
  readonly metrics: readonly StandardMetric[];
}

export function readPayload(bytes: Uint8Array): StandardPayload {
  const payload = PAYLOAD.toObject(PAYLOAD.decode(bytes), { longs: Number, arrays: true });
  return payload as StandardPayload;
}

/** @param metrics with the fields of `StandardMetric`, or any other of the standard's */
export function writePayload(metrics: readonly object[], fields: object = {}): Uint8Array {
  return PAYLOAD.encode(PAYLOAD.fromObject({ timestamp: 1, metrics, ...fields })).finish();
}
