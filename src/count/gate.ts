/** Where people are counted, as geometry: a line, or two areas. All in frame pixels. */
export interface Gate {
  /** Where a face with its middle here is: 1 clearly in, -1 clearly out, 0 neither. `size` is the face's. */
  side(x: number, y: number, size: number): number;
  /** How far along the way in this place is. */
  depth(x: number, y: number): number;
  /** Whether going straight from one place to another leads through the doorway, or past it; undefined: neither. */
  leadsThrough(fromX: number, fromY: number, toX: number, toY: number): boolean | undefined;
}
