/**
 * How the device is. None of these tells whether it watches: that, and so a resident's opt-out, shows only in the
 * reports' coverage.
 */
export const DEVICE_STATES = ['running', 'fault-sign', 'fault-device', 'fault-model', 'lost'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];

/** What a device says of itself. `proto/lintel/v1/status.proto` is its wire form, and says more. */
export interface Status {
  readonly state: DeviceState;
  readonly sense: 'wired' | 'read-back';
  /** Unix seconds of the last window boundary before it was signed. */
  readonly timeSeconds: number;
  /** Major, minor, patch. */
  readonly software: readonly [number, number, number];
  /** 32 bytes each. */
  readonly modelsSha256: Uint8Array;
  readonly settingsSha256: Uint8Array;
  /** How many records of evidence there are, and the root of the tree over them: 32 bytes. */
  readonly evidence: { readonly size: number; readonly root: Uint8Array };
}
