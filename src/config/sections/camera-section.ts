import { z } from 'zod';

export const cameraSection = z
  .strictObject({
    driver: z
      .enum(['auto', 'native', 'rpicam', 'libcamera', 'replay'])
      .default('auto')
      .describe(
        'Where pictures come from: auto plays the recording if camera.file names one, and else takes the first of ' +
          'native, rpicam and libcamera that can run here; replay plays a recording.',
      ),
    file: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'A recording that is played in the place of a camera; leave it out where there is one.',
        allowed: 'the name of a file',
        examples: ['door.y4m'],
      }),
    width: side(1280, 'Width of a picture, in pixels. A recording has its own.'),
    height: side(720, 'Height of a picture, in pixels. A recording has its own.'),
    frames_per_second: z
      .number()
      .min(1)
      .max(60)
      .default(10)
      .describe('Pictures asked of the camera a second. A recording has its own.'),
  })
  .prefault({})
  .describe('The sensor.');

function side(pixels: number, description: string) {
  return z.int().min(16).max(4096).default(pixels).describe(description);
}
