import type { z } from 'zod';
import { holds, overlap, type Point, polygonFault } from '../geometry/polygon.ts';

/** What `checkTogether` looks at. Names of drivers are open, so that a new one needs no change here. */
export interface Combination {
  readonly site: { readonly name: string; readonly device: string };
  readonly broker: { readonly oldest_mqtt: string };
  readonly camera: {
    readonly driver: string;
    readonly file?: string | undefined;
    readonly width: number;
    readonly height: number;
  };
  readonly doorway: {
    readonly line?: readonly [Point, Point] | undefined;
    readonly in_side?: string | undefined;
    readonly in_area: readonly Point[];
    readonly out_area: readonly Point[];
    readonly area: readonly Point[];
  };
  readonly lines: Readonly<Record<'sign' | 'sense' | 'button' | 'assist', number>> & {
    readonly driver: string;
  };
}

type Refuse = (path: string[], message: string) => void;

/** Refuses settings that are each allowed, but not together. */
export function checkTogether(settings: Combination, context: z.RefinementCtx): void {
  const refuse: Refuse = (path, message) =>
    context.addIssue({ code: 'custom', path, message, params: { together: true } });
  const { site, broker, camera, doorway, lines } = settings;

  if (camera.driver === 'replay' && camera.file === undefined) {
    refuse(
      ['camera', 'file'],
      "is missing; the replay driver needs the name of a recording, such as 'door.y4m'",
    );
  }
  if (camera.file !== undefined && !['auto', 'replay'].includes(camera.driver)) {
    refuse(
      ['camera', 'file'],
      `names a recording, which camera.driver '${camera.driver}' does not play; leave it out, or set 'replay'`,
    );
  }
  // Promise P1: a sign that is only simulated is never lit, and may go with nothing but a recording.
  if (lines.driver === 'simulated' && camera.driver !== 'replay') {
    refuse(['lines', 'driver'], `'simulated' goes with camera.driver 'replay' only, not with a real camera`);
  }
  // A report whose topic is read otherwise would be acknowledged, and reach nobody.
  for (const key of ['name', 'device'] as const) {
    if (broker.oldest_mqtt === '5' || !site[key].includes('.')) continue;
    refuse(
      ['site', key],
      "has a '.', which RabbitMQ takes for a '/' in MQTT 3.1.1; use '-', or leave broker.oldest_mqtt at '5'",
    );
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
  if (doorway.in_area.length + doorway.out_area.length > 0) checkAreas(doorway, refuse);
  else checkLine(doorway, camera, refuse);
  if (doorway.area.length > 0) checkSeen(doorway, refuse);
}

/** What is counted has to be seen. */
function checkSeen(doorway: Combination['doorway'], refuse: Refuse): void {
  const { area, line, in_area, out_area } = doorway;
  const fault = polygonFault(area);
  if (fault) {
    refuse(['doorway', 'area'], fault);
    return;
  }
  const closed = (corners: readonly Point[]) => [...corners, ...corners.slice(0, 1)];
  const paths = { line: line ?? [], in_area: closed(in_area), out_area: closed(out_area) };
  for (const [key, path] of Object.entries(paths)) {
    if (holds(area, path)) continue;
    refuse(
      ['doorway', key],
      'lies outside doorway.area, at least in part; draw it within, or make that area larger',
    );
    return;
  }
}

function checkLine({ line, in_side }: Combination['doorway'], camera: Combination['camera'], refuse: Refuse) {
  if (line === undefined) {
    refuse(['doorway', 'line'], 'is missing; give two points [[x, y], [x, y]], or in_area and out_area');
  } else if (in_side === undefined) {
    refuse(['doorway', 'in_side'], "is missing; name the way in, such as 'left-to-right'");
  } else if (!crosses(line, in_side, camera)) {
    refuse(
      ['doorway', 'in_side'],
      `'${in_side}' does not lead across the line ${JSON.stringify(line)}; ` +
        "draw the line across people's way, or name one of its two sides",
    );
  }
}

function checkAreas(doorway: Combination['doorway'], refuse: Refuse): void {
  for (const key of ['line', 'in_side'] as const) {
    if (doorway[key] === undefined) continue;
    refuse(
      ['doorway', key],
      'goes without in_area and out_area; leave out either these two or line and in_side',
    );
    return;
  }
  for (const key of ['in_area', 'out_area'] as const) {
    const fault = polygonFault(doorway[key]);
    if (!fault) continue;
    refuse(['doorway', key], fault);
    return;
  }
  if (overlap(doorway.in_area, doorway.out_area)) {
    refuse(['doorway', 'out_area'], 'overlaps in_area; leave a gap between them in which people may stand');
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
