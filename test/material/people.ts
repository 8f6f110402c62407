import list from './people.json' with { type: 'json' };

/** Somebody on a photograph, in pixels of the photograph. */
export interface Person {
  readonly photo: string;
  /** The middle of the face, and its height from hairline to chin. */
  readonly face: readonly [x: number, y: number, height: number];
  /** The corners of the outline, from the head down to the waist. */
  readonly outline: Polygon;
}

export type Polygon = readonly (readonly [x: number, y: number])[];

export const people = list.people as unknown as readonly Person[];
