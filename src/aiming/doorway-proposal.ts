import { z } from 'zod';

const point = z.tuple([z.number(), z.number()]);
const corners = z.array(point).max(16);

/** What a page may propose of a settings file; whether it can be used is for the settings to say. */
export const doorwayProposal = z.strictObject({
  line: z.tuple([point, point]).optional(),
  in_side: z.string().max(32).optional(),
  in_area: corners.optional(),
  out_area: corners.optional(),
  area: corners.optional(),
});

/** Keys of the section `doorway`, with the values that they are to have; others stay as they are. */
export type DoorwayProposal = z.output<typeof doorwayProposal>;
