import { atLocal, addDays, localDate, type LocalTime } from '../../../platform/values/zone.js';
import type { Price } from './price.js';
import type { WorkingDays } from './working-days.js';

export const cancellationClocks = ['hours_before', 'wall_clock', 'working_days_before'] as const;
export type CancellationClock = (typeof cancellationClocks)[number];

/** Up to which instant before something a step does not count yet. */
export interface Notice {
  readonly clock: CancellationClock;
  /** Hours, days, or working days before; of days, 0 is its own day. */
  readonly before: number;
  /** 'HH:MM' in the school's zone; null for `hours_before`. */
  readonly time: LocalTime | null;
}

/** Either an amount or a share of the price: the other is null. */
export interface Fee {
  readonly amount: Price | null;
  readonly percent: number | null;
}

/** From the end of its notice on, cancelling costs the fee. */
export interface CancellationStep extends Notice {
  readonly fee: Fee;
}

/** What cancelling costs when: of the steps whose notice has run out, the dearest counts. Without steps it is free until the start. */
export interface CancellationPolicy {
  readonly steps: readonly CancellationStep[];
  /** What staying away costs. */
  readonly noShow: Fee;
}

/** What turns a notice into an instant. */
export interface NoticeCalendar {
  readonly zone: string;
  readonly workingDays: WorkingDays;
}

const HOUR = 3_600_000;
export const wholePrice: Fee = { amount: null, percent: 100 };

/** The last instant that is in time, never after the start. Days are counted by their dates in the zone, hours as they pass. */
export function deadlineOf({ clock, before, time }: Notice, startsAt: Date, calendar: NoticeCalendar): Date {
  if (clock === 'hours_before') return new Date(startsAt.getTime() - before * HOUR);
  const { zone, workingDays } = calendar;
  const date = localDate(startsAt, zone);
  const day = clock === 'wall_clock' ? addDays(date, -before) : workingDays.before(date, before);
  const deadline = atLocal(day, time ?? '00:00', zone);
  return deadline < startsAt ? deadline : startsAt;
}

/** So many hours and an amount: what most schools need, and all that a lesson type could say before it had steps. */
export interface SimpleCancellation {
  readonly hours: number;
  readonly fee: Price;
}

export function policyOf({ hours, fee }: SimpleCancellation): CancellationPolicy {
  const step = { clock: 'hours_before', before: hours, time: null, fee: { amount: fee, percent: null } } as const;
  return { steps: [step], noShow: wholePrice };
}

/** The policy as hours and an amount; null when it says more than that. */
export function simply({ steps, noShow }: CancellationPolicy): SimpleCancellation | null {
  const [step, ...more] = steps;
  if (!step || more.length > 0 || step.clock !== 'hours_before' || noShow.percent !== 100) return null;
  return step.fee.amount && { hours: step.before, fee: step.fee.amount };
}
