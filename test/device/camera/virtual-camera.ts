import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where libcamera's virtual pipeline looks for what cameras there are to be, whenever libcamera is started. */
const FOLDER = '/usr/share/libcamera/pipeline/virtual';

/** Where the checkout has what `makePictures` made, wherever there is a virtual camera. */
export const PICTURES = join(import.meta.dirname, '../../../build/virtual-camera');

/** How often it shows each picture. */
export const FRAMES_PER_PICTURE = 4;

export interface VirtualCamera {
  /** A folder of JPEGs in 4:2:0, which are shown one after another, and again. */
  readonly pictures: string;
  readonly width: number;
  readonly height: number;
}

/** Plugs in one camera; those from before are gone. */
export function plugIn({ pictures, width, height }: VirtualCamera): void {
  mkdirSync(FOLDER, { recursive: true });
  const count = readdirSync(pictures).length;
  if (count === 0) throw new Error(`there are no pictures in ${pictures}`);
  const text = `%YAML 1.1
---
"Door":
  supported_formats:
  - width: ${width}
    height: ${height}
    frame_rates:
    - 30
    - 30
  frames:
    path: "${pictures}"
  location: "CameraLocationBack"
  model: "Door"
`;
  writeFileSync(`${FOLDER}/virtual.yaml`, text);
}

export function unplug(): void {
  rmSync(`${FOLDER}/virtual.yaml`, { force: true });
}
