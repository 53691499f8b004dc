import { Temporal } from 'temporal-polyfill';
import { Unprocessable } from '../../../../platform/http/problem.js';
import type { LocalDate } from '../../../../platform/values/zone.js';

const mostDays = 400;

/** From the first day to the last, both included. */
export interface Period {
  readonly from: LocalDate;
  readonly until: LocalDate;
}

export class PeriodInvalid extends Unprocessable {
  constructor() {
    super(
      'report.period_invalid',
      {
        en: `The period must end on the day it begins or later, and have at most ${mostDays} days.`,
        da: `Perioden skal slutte den dag, den begynder, eller senere, og have højst ${mostDays} dage.`,
      },
      { field: 'until' },
    );
  }
}

/** @throws PeriodInvalid */
export function checkPeriod({ from, until }: Period): void {
  const days = Temporal.PlainDate.from(from).until(until).days + 1;
  if (days < 1 || days > mostDays) throw new PeriodInvalid();
}

export interface AgeBucket {
  readonly fromDays: number;
  /** Null: without end. */
  readonly toDays: number | null;
}

/** How bookkeepers tell ages apart. */
export const ageBuckets: readonly AgeBucket[] = [
  { fromDays: 0, toDays: 30 },
  { fromDays: 31, toDays: 60 },
  { fromDays: 61, toDays: 90 },
  { fromDays: 91, toDays: null },
];
