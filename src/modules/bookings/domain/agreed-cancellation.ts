import { Money } from '../../../platform/values/money.js';
import {
  deadlineOf,
  type CancellationPolicy,
  type Fee,
  type Notice,
  type NoticeCalendar,
} from '../../schools/index.js';

/** One step of what was agreed, its fee in minor units of the booking's currency. */
export interface AgreedStep extends Notice {
  readonly feeMinor: number;
  /** Up to and including this instant the step does not count yet: ISO 8601, UTC. */
  readonly until: string;
}

/** What cancelling a lesson costs when, as agreed when it was booked, with the instants of the time it has now. */
export interface AgreedCancellation {
  readonly steps: readonly AgreedStep[];
  readonly noShowMinor: number;
}

/** A fee, and the instant after which it is due. */
export interface FeeChange {
  readonly at: Date;
  readonly feeMinor: number;
}

/** The policy for a lesson of that price at that time. */
export function agree(
  { steps, noShow }: CancellationPolicy,
  price: Money,
  startsAt: Date,
  calendar: NoticeCalendar,
): AgreedCancellation {
  const agreed = steps.map(({ fee, ...notice }) => ({ ...notice, feeMinor: minorOf(fee, price), until: '' }));
  return agreedFor({ steps: agreed, noShowMinor: minorOf(noShow, price) }, startsAt, calendar);
}

/** The same terms for another start. */
export function agreedFor(agreed: AgreedCancellation, startsAt: Date, calendar: NoticeCalendar): AgreedCancellation {
  const steps = agreed.steps.map((step) => ({ ...step, until: deadlineOf(step, startsAt, calendar).toISOString() }));
  return { ...agreed, steps };
}

/** The last instant before any step counts; the start where there is none. */
export function cancelByOf({ steps }: AgreedCancellation, startsAt: Date): Date {
  return new Date(Math.min(startsAt.getTime(), ...steps.map(({ until }) => Date.parse(until))));
}

/** What cancelling at the instant costs: the dearest of the steps that count by then, so that it never falls. */
export function feeMinorAt({ steps }: AgreedCancellation, at: Date): number {
  return Math.max(0, ...steps.filter(({ until }) => at.getTime() > Date.parse(until)).map(({ feeMinor }) => feeMinor));
}

/** When cancelling gets dearer after the instant, and how dear; null when it does not. */
export function nextFeeChange(agreed: AgreedCancellation, after: Date): FeeChange | null {
  const now = feeMinorAt(agreed, after);
  const ahead = agreed.steps.filter(({ feeMinor, until }) => feeMinor > now && Date.parse(until) >= after.getTime());
  if (ahead.length === 0) return null;
  const at = new Date(Math.min(...ahead.map(({ until }) => Date.parse(until))));
  return { at, feeMinor: feeMinorAt(agreed, new Date(at.getTime() + 1)) };
}

/** True where hours and one fee say all of it: no calendar is needed to find its instants, and nothing beside the booking's own columns to keep it. */
export function isSimple({ steps, noShowMinor }: AgreedCancellation, price: Money): boolean {
  return steps.length === 1 && steps[0]!.clock === 'hours_before' && noShowMinor === price.amount;
}

function minorOf({ amount, percent }: Fee, price: Money): number {
  return amount?.amount ?? Math.round((price.amount * (percent ?? 0)) / 100);
}
