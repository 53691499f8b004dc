import fc from 'fast-check';

/** What one client wants at one moment. Numbers choose among what there is then, so that every wish can be tried in every history. */
export type Wish =
  | { readonly want: 'book'; readonly slot: number; readonly teacher: number | null; readonly student: number }
  | { readonly want: 'bookAsStudent'; readonly slot: number; readonly student: number }
  | { readonly want: 'move'; readonly booking: number; readonly slot: number; readonly teacher: number | null }
  | { readonly want: 'cancel'; readonly booking: number }
  | { readonly want: 'hold'; readonly slot: number; readonly teacher: number | null; readonly student: number }
  | { readonly want: 'confirm' | 'release' | 'letRunOut'; readonly booking: number }
  | {
      readonly want: 'bookSeries';
      readonly slot: number;
      readonly weeks: number;
      readonly teacher: number | null;
      readonly student: number;
      readonly onConflict: 'refuse' | 'skip';
    }
  | {
      readonly want: 'moveSeries';
      readonly series: number;
      readonly slot: number;
      readonly onConflict: 'refuse' | 'skip';
    }
  | { readonly want: 'cancelSeries'; readonly series: number }
  | { readonly want: 'planExam'; readonly slot: number; readonly teacher: number; readonly student: number }
  | { readonly want: 'cancelExam'; readonly exam: number }
  | { readonly want: 'takeTimeOff'; readonly slot: number; readonly slots: number; readonly teacher: number }
  | { readonly want: 'returnToWork'; readonly timeOff: number };

/** Some clients of some schools, each with what it wants, one after the other; all of them at once, on one date. */
export interface History {
  readonly clients: readonly { readonly school: number; readonly process: number; readonly wishes: readonly Wish[] }[];
}

// Eight hours of quarters from 08:00 on; half of the wishes crowd into the first two.
const slot = fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 28 }));
const choice = fc.nat({ max: 1_000 });
const onConflict = fc.constantFrom('refuse' as const, 'skip' as const);
const someone = fc.option(choice, { freq: 3 });

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ want: fc.constant('book' as const), slot, teacher: someone, student: choice }) },
  { weight: 2, arbitrary: fc.record({ want: fc.constant('bookAsStudent' as const), slot, student: choice }) },
  { weight: 4, arbitrary: fc.record({ want: fc.constant('move' as const), booking: choice, slot, teacher: someone }) },
  { weight: 3, arbitrary: fc.record({ want: fc.constant('cancel' as const), booking: choice }) },
  { weight: 3, arbitrary: fc.record({ want: fc.constant('hold' as const), slot, teacher: someone, student: choice }) },
  {
    weight: 3,
    arbitrary: fc.record({ want: fc.constantFrom('confirm' as const, 'release', 'letRunOut'), booking: choice }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      want: fc.constant('bookSeries' as const),
      slot,
      weeks: fc.integer({ min: 2, max: 4 }),
      teacher: someone,
      student: choice,
      onConflict,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ want: fc.constant('moveSeries' as const), series: choice, slot, onConflict }),
  },
  { weight: 1, arbitrary: fc.record({ want: fc.constant('cancelSeries' as const), series: choice }) },
  {
    weight: 1,
    arbitrary: fc.record({ want: fc.constant('planExam' as const), slot, teacher: choice, student: choice }),
  },
  { weight: 1, arbitrary: fc.record({ want: fc.constant('cancelExam' as const), exam: choice }) },
  {
    weight: 1,
    arbitrary: fc.record({
      want: fc.constant('takeTimeOff' as const),
      slot,
      slots: fc.integer({ min: 1, max: 8 }),
      teacher: choice,
    }),
  },
  { weight: 1, arbitrary: fc.record({ want: fc.constant('returnToWork' as const), timeOff: choice }) },
);

export const history: fc.Arbitrary<History> = fc.record({
  clients: fc.array(
    fc.record({
      school: fc.nat({ max: 3 }).map((n) => (n === 3 ? 1 : 0)),
      process: fc.nat({ max: 1 }),
      wishes: fc.array(wish, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 3, maxLength: 6 },
  ),
});
