/** A frame that comes early by up to this share of the time between two is still taken: no camera is quite regular. */
const EARLY = 0.5;

/**
 * Chooses which of a camera's frames to take so that no more come than `framesPerSecond`, spread as evenly as the camera
 * allows: each frame earns the time since the one before it, and a frame that is taken costs one interval.
 */
export class FrameThinner {
  /** Infinity: every frame is taken. */
  framesPerSecond = Number.POSITIVE_INFINITY;
  /** In intervals. */
  #earned = 1 + EARLY;
  #previousMs = Number.NaN;

  /** @param capturedAt milliseconds, not before that of the last call */
  takes(capturedAt: number): boolean {
    const elapsedMs = capturedAt - this.#previousMs;
    this.#previousMs = capturedAt;
    if (this.framesPerSecond === Number.POSITIVE_INFINITY) return true;
    if (elapsedMs > 0) {
      this.#earned = Math.min(1 + EARLY, this.#earned + (elapsedMs * this.framesPerSecond) / 1_000);
    }
    if (this.#earned < 1) return false;
    this.#earned--;
    return true;
  }
}
