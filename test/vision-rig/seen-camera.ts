import type { Camera, CameraEnd } from '../../firmware/camera/camera.ts';
import type { SensorDid } from '../../firmware/camera/simulated.ts';
import type { SlotRing } from '../../src/frame/slot-ring.ts';

/** A camera of any driver, whose opening and closing somebody watches from outside. */
export class SeenCamera implements Camera {
  readonly layout: Camera['layout'];
  readonly framesPerSecond: number;
  readonly #camera: Camera;
  readonly #did: (did: SensorDid) => void;
  #isOpen = false;

  constructor(camera: Camera, did: (did: SensorDid) => void) {
    this.layout = camera.layout;
    this.framesPerSecond = camera.framesPerSecond;
    this.#camera = camera;
    this.#did = did;
  }

  async open(ring: SlotRing, onEnd: (end: CameraEnd) => void): Promise<void> {
    // Before it is known: it may take a frame at once.
    this.#isOpen = true;
    this.#did('opened');
    try {
      await this.#camera.open(ring, onEnd);
    } catch (error) {
      this.#closed();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#isOpen) this.#did('was told to close');
    await this.#camera.close();
    this.#closed();
  }

  #closed(): void {
    if (this.#isOpen) this.#did('closed');
    this.#isOpen = false;
  }
}
