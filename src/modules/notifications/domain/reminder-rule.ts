import type { ReminderOutcome } from './reminder.js';

const minute = 60_000;

/** A reminder that is later than this came late, for want of a worker. */
const punctualMs = 10 * minute;
/** What follows within this time makes a late one needless. */
const soonMs = 60 * minute;

export interface ReminderDecision {
  readonly outcome: ReminderOutcome;
  readonly reason: string | null;
}

/** One reminder that has come due. */
export interface ReminderCase {
  readonly startsAt: Date;
  readonly leadMinutes: number;
  /** Every lead time that holds for it, this one among them. */
  readonly leads: readonly number[];
  /** When the reader last heard of this time. */
  readonly lastTold: Date;
}

/** When a reminder falls due. */
export function reminderDueAt(startsAt: Date, leadMinutes: number): Date {
  return new Date(startsAt.getTime() - leadMinutes * minute);
}

/**
 * Whoever books or moves a lesson inside the lead time has just got the confirmation, which says the same. After an outage a late
 * one still goes out before the lesson begins, unless a nearer one is due as well, or will be within the hour: nobody is told twice at once.
 */
export function decideReminder({ startsAt, leadMinutes, leads, lastTold }: ReminderCase, now: Date): ReminderDecision {
  const dueAt = reminderDueAt(startsAt, leadMinutes);
  if (lastTold > dueAt) return { outcome: 'needless', reason: 'the reader has just heard of it' };
  if (startsAt <= now) return dropped('it had begun before the reminder could go out');
  const nearer = leads.filter((lead) => lead < leadMinutes).map((lead) => reminderDueAt(startsAt, lead));
  if (nearer.some((due) => due <= now)) return dropped('a nearer reminder was due as well');
  const isLate = now.getTime() - dueAt.getTime() > punctualMs;
  if (isLate && nearer.some((due) => due.getTime() - now.getTime() <= soonMs)) {
    return dropped('it was late, and a nearer reminder follows within the hour');
  }
  return { outcome: 'queued', reason: null };
}

function dropped(reason: string): ReminderDecision {
  return { outcome: 'dropped', reason };
}
