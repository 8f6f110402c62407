import type { z } from 'zod';

/** What `checkTogether` looks at. Names of drivers are open, so that a new one needs no change here. */
export interface Combination {
  readonly camera: {
    readonly driver: string;
    readonly file?: string | undefined;
    readonly width: number;
    readonly height: number;
  };
  readonly doorway: { readonly line: readonly [Point, Point]; readonly in_side: string };
  readonly lines: Readonly<Record<'sign' | 'sense' | 'button' | 'assist', number>> & {
    readonly driver: string;
  };
}

type Point = readonly [x: number, y: number];

/** Refuses settings that are each allowed, but not together. */
export function checkTogether(settings: Combination, context: z.RefinementCtx): void {
  const refuse = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', path, message, params: { together: true } });
  const { camera, doorway, lines } = settings;

  if (camera.driver === 'replay' && camera.file === undefined) {
    refuse(
      ['camera', 'file'],
      "is missing; the replay driver needs the name of a recording, such as 'door.y4m'",
    );
  }
  // Promise P1: a sign that is only simulated is never lit, and may go with nothing but a recording.
  if (lines.driver === 'simulated' && camera.driver !== 'replay') {
    refuse(['lines', 'driver'], `'simulated' goes with camera.driver 'replay' only, not with a real camera`);
  }
  const names = ['sign', 'sense', 'button', 'assist'] as const;
  for (const [index, name] of names.entries()) {
    const other = names.slice(0, index).find((earlier) => lines[earlier] === lines[name]);
    if (other)
      refuse(
        ['lines', name],
        `is line ${lines[name]}, and so is lines.${other}; give each a line of its own`,
      );
  }
  if (!crosses(doorway.line, doorway.in_side, camera)) {
    refuse(
      ['doorway', 'in_side'],
      `'${doorway.in_side}' does not lead across the line ${JSON.stringify(doorway.line)}; ` +
        "draw the line across people's way, or name one of its two sides",
    );
  }
}

/** A way leads across a line when they meet at 30 degrees or more. */
function crosses(
  [from, to]: readonly [Point, Point],
  way: string,
  { width, height }: Combination['camera'],
): boolean {
  const across = Math.abs(to[0] - from[0]) * width;
  const down = Math.abs(to[1] - from[1]) * height;
  const away = way === 'left-to-right' || way === 'right-to-left' ? down : across;
  return away > 0 && away >= 0.5 * Math.hypot(across, down);
}
