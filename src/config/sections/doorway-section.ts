import { z } from 'zod';
import { WAYS_IN, type WayIn } from '../ways-in.ts';

export const doorwaySection = z
  .strictObject({
    faces: z
      .enum(['coming-in', 'going-out', 'both'])
      .default('coming-in')
      .describe(
        'Who shows the camera their faces: people coming in, going out, or both. Nobody is counted from behind, so ' +
          'the other direction is reported as not measured, which is not zero.',
      ),
    line: z
      .tuple([point(), point()])
      .optional()
      .meta({
        description:
          'The line that is crossed, from end to end, as fractions of the width and the height of the picture.',
        allowed: 'two points [[x, y], [x, y]] with numbers from 0 to 1',
        examples: [
          [
            [0.5, 0],
            [0.5, 1],
          ],
        ],
      }),
    in_side: z
      .enum(Object.keys(WAYS_IN) as WayIn[])
      .optional()
      .meta({
        description: 'The way people move in the picture when they come in.',
        examples: ['left-to-right'],
      }),
    in_area: area(
      'In place of line and in_side, for a way that bends: the area where people are once they are in.',
    ),
    out_area: area(
      'With in_area: where they are before. Leave a gap between the two, as wide as a face or wider.',
    ),
    area: area(
      'All that this camera may see: the rest of the picture is black before anything looks at it. It holds the line, ' +
        'or the two areas, with room for a face on either side; [] is the whole picture.',
    ),
  })
  .prefault({} as never)
  .describe('Where people are counted.');

function point() {
  const fraction = z.number().min(0).max(1);
  return z.tuple([fraction, fraction]);
}

function area(description: string) {
  return z.array(point()).max(16).default([]).meta({
    description,
    allowed: 'from 3 to 16 corners [[x, y], [x, y], [x, y]] with numbers from 0 to 1, or [] for none',
  });
}
