import { z } from 'zod';
import { checkTogether } from './check-together.ts';
import { aimingSection } from './sections/aiming-section.ts';
import { brokerSection } from './sections/broker-section.ts';
import { cameraSection } from './sections/camera-section.ts';
import { doorwaySection } from './sections/doorway-section.ts';
import { linesSection } from './sections/lines-section.ts';
import { noticeSection } from './sections/notice-section.ts';
import { pathsSection } from './sections/paths-section.ts';
import { siteSection } from './sections/site-section.ts';

/**
 * Every setting there is (promise P9): no key may switch off, or make optional, the sign, the button, the covering
 * or the noise. `promise-nine.test.ts` lists them all and says of each why it cannot.
 *
 * `description`, `default` and `examples` are what the example file shows; `allowed` is what an error says when the
 * type does not say it all.
 */
export const settingsSchema = z
  .strictObject({
    site: siteSection,
    notice: noticeSection,
    camera: cameraSection,
    doorway: doorwaySection,

    detector: z
      .strictObject({
        profile: z
          .enum(['near', 'far', 'careful'])
          .default('near')
          .describe(
            'How small a face may be: near finds those of 28 pixels and more, far smaller ones, careful looks twice.',
          ),
        threads: z.int().min(1).max(4).default(1).describe('Processor cores that the detector may use.'),
      })
      .prefault({})
      .describe('The search for faces, in order to hide them.'),

    cover: z
      .strictObject({
        style: z
          .enum(['blur', 'mosaic', 'solid'])
          .default('blur')
          .describe('How a face is made unreadable. None of them can be undone.'),
      })
      .prefault({})
      .describe('What is shown in place of a face.'),

    count: z
      .strictObject({
        window_minutes: z
          .literal([15, 30, 60])
          .default(60)
          .describe('Minutes that one reported count covers.'),
      })
      .prefault({})
      .describe('The count.'),

    anonymity: z
      .strictObject({
        suppress_below: z
          .int()
          .min(5)
          .max(100)
          .default(10)
          .describe("Counts under this are reported as 'fewer than' it. Noise is added to every count."),
      })
      .prefault({})
      .describe('What a report may tell.'),

    opt_out: z
      .strictObject({
        assist_pulse_seconds: z
          .number()
          .min(0.5)
          .max(30)
          .default(2)
          .describe('How long the assist line calls the other way in when a resident presses the button.'),
        returns_after: z
          .union([z.literal('never'), z.number().min(1).max(168)])
          .default('never')
          .meta({
            description: 'Hours after which the camera watches again by itself, or never.',
            allowed: "'never', or hours from 1 to 168",
          }),
      })
      .prefault({})
      .describe("The resident's button."),

    lines: linesSection,
    broker: brokerSection,
    aiming: aimingSection,
    paths: pathsSection,
  })
  .superRefine(checkTogether);

/** The settings as they stand in a file, every default filled in. */
export type SettingsFile = z.output<typeof settingsSchema>;
