import fc, { type Arbitrary } from 'fast-check';
import type { Lamp } from '../../firmware/gpio/simulated.ts';
import type { Edge } from './board.ts';

/** Something that is done to a door, so long after what was done before it. */
export type Deed = { readonly afterMs: number } & (
  | Press
  | { readonly do: 'break lamp'; readonly lamp: Lamp; readonly edge: Edge; readonly forMs: number }
  | { readonly do: 'break camera'; readonly forMs: number }
  | { readonly do: 'end stream' | 'replace detector' }
  | Ending
);

export interface Press {
  readonly do: 'press';
  /** How long the contact takes between one bounce and the next. */
  readonly bounces: readonly number[];
  readonly holdMs: number;
  readonly edge: Edge;
  /** What comes between, so long after the press began. */
  readonly interrupted: (Ending & { readonly atMs: number }) | undefined;
}

/** The program begins again after a rest. */
export type Ending =
  | { readonly do: 'kill' | 'stop'; readonly restMs: number }
  | { readonly do: 'cut power'; readonly restMs: number; readonly keptNames: readonly boolean[] };

export interface Schedule {
  readonly loadMs: number;
  readonly detectMs: number;
  readonly diskMs: number;
  readonly lampMs: number;
  readonly openMs: number;
  readonly closeMs: number;
  /** Two people's deeds, at the same time. */
  readonly resident: readonly Deed[];
  readonly fate: readonly Deed[];
}

const upTo = (max: number): Arbitrary<number> => fc.nat({ max });
/** Often just after what went before, so that faults meet. */
const afterMs = fc.oneof(upTo(60), upTo(400), upTo(4_000), upTo(15_000));
const forMs = fc.oneof(upTo(200), upTo(2_000), upTo(20_000));
const restMs = fc.oneof(upTo(100), upTo(3_000));

const endings = fc.oneof(
  fc.record({ do: fc.constantFrom('kill' as const, 'stop' as const), restMs }),
  fc.record({
    do: fc.constant('cut power' as const),
    restMs,
    keptNames: fc.array(fc.boolean(), { maxLength: 6 }),
  }),
);

const press = fc.record({
  do: fc.constant('press' as const),
  // Long enough for the release before it to count.
  afterMs: afterMs.map((ms) => ms + 180),
  bounces: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
  holdMs: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 120, max: 200 }) },
    { weight: 3, arbitrary: fc.integer({ min: 200, max: 2_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) },
    { weight: 1, arbitrary: fc.integer({ min: 10_400, max: 14_000 }) },
  ),
  edge: fc.constantFrom<Edge>('seen', 'seen', 'missed'),
  interrupted: fc.option(
    fc.tuple(upTo(500), endings).map(([atMs, ending]) => ({ atMs, ...ending })),
    { nil: undefined, freq: 4 },
  ),
});

/** What asks for aiming, or nearly does. */
const run = fc
  .tuple(
    afterMs,
    fc.array(
      fc.record({
        do: fc.constant('press' as const),
        afterMs: fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 200, max: 500 }) },
          { weight: 1, arbitrary: fc.integer({ min: 800, max: 6_000 }) },
        ),
        bounces: fc.constant([]),
        holdMs: fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 120, max: 300 }) },
          { weight: 1, arbitrary: fc.integer({ min: 300, max: 1_500 }) },
        ),
        edge: fc.constantFrom<Edge>('seen', 'seen', 'missed'),
        interrupted: fc.constant(undefined),
      }),
      { minLength: 4, maxLength: 7 },
    ),
  )
  .map(([after, [first, ...others]]) => [{ ...first!, afterMs: after + 180 }, ...others]);

const brokenLamp = fc.record({
  do: fc.constant('break lamp' as const),
  afterMs,
  lamp: fc.constantFrom<Lamp>('dead', 'dead', 'shorted'),
  edge: fc.constantFrom<Edge>('seen', 'missed'),
  forMs,
});

const brokenCamera = fc.record({ do: fc.constant('break camera' as const), afterMs, forMs });

const other = fc.record({ do: fc.constantFrom('end stream' as const, 'replace detector' as const), afterMs });

const end = fc.tuple(afterMs, endings).map(([after, ending]): Deed => ({ afterMs: after, ...ending }));

export const schedules: Arbitrary<Schedule> = fc.record({
  loadMs: upTo(600),
  detectMs: upTo(150),
  diskMs: fc.oneof(upTo(5), upTo(200)),
  lampMs: upTo(120),
  openMs: fc.oneof(fc.constant(0), upTo(300), upTo(3_000)),
  closeMs: fc.oneof(fc.constant(0), upTo(300), upTo(5_000)),
  resident: fc
    .tuple(fc.option(run, { nil: [] }), fc.array(press, { maxLength: 6 }))
    .map(([begin, others]) => [...begin, ...others]),
  fate: fc.array(fc.oneof(brokenLamp, brokenCamera, other, end), { maxLength: 10 }),
});
