/** The ways in which people may move in the picture when they come in, and on which side of the line they then are. */
export const WAYS_IN = {
  'left-to-right': 'right',
  'right-to-left': 'left',
  'top-to-bottom': 'below',
  'bottom-to-top': 'above',
} as const;

export type WayIn = keyof typeof WAYS_IN;
