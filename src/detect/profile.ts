/** One model at one input size, and how sure it must be of a face to cover it, and to count it. */
export interface Stage {
  readonly model: 'ultraface' | 'mediapipe-full';
  readonly width: number;
  readonly height: number;
  readonly coverAt: number;
  readonly countAt: number;
}

/** Faces of 28 pixels and more at 1280x720, at the least cost. */
const ULTRAFACE_NEAR = { model: 'ultraface', width: 640, height: 384, coverAt: 0.24, countAt: 0.76 } as const;
/** Faces of 20 pixels and more. */
const ULTRAFACE_FAR = { model: 'ultraface', width: 960, height: 576, coverAt: 0.45, countAt: 0.92 } as const;
const MEDIAPIPE = { model: 'mediapipe-full', width: 640, height: 384, coverAt: 0.25, countAt: 0.48 } as const;

/**
 * What an installer chooses from. `near` is for a door seen from above it, `far` for a deep lobby; `careful` looks
 * with two different models, for places where speed matters less than a face that one of them would miss.
 * Thresholds: 0.5 false covers and 0.1 false counts a frame on door-like footage.
 */
export const PROFILES = {
  near: [ULTRAFACE_NEAR],
  far: [ULTRAFACE_FAR],
  careful: [ULTRAFACE_FAR, MEDIAPIPE],
} as const satisfies Record<string, readonly Stage[]>;

export type ProfileName = keyof typeof PROFILES;
