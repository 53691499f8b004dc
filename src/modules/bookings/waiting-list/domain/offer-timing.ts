import { type QuietHours, quietUntil } from '../../../../platform/values/quiet-hours.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Nobody is woken between these, in the school's own time. */
const night: QuietHours = { from: '21:00', until: '07:00' };
/** Unless the lesson begins so soon after the night that there would be no time left to answer. */
const soonAfterNight = 3 * HOUR;

const shortest = 20 * MINUTE;
const longest = 6 * HOUR;
/** How long before the start a lesson must be certain for its teacher. */
const lastAnswer = 15 * MINUTE;
/** A student who was told in the evening may answer in the morning. */
const morningGrace = HOUR;

/** When to ask: now, or when the night is over. */
export function askAt(now: Date, startsAt: Date, zone: string): Date {
  const morning = quietUntil(now, night, zone);
  if (!morning || startsAt.getTime() - morning.getTime() < soonAfterNight) return now;
  return morning;
}

/**
 * Until when an offer made now may be accepted: a quarter of the time that is left, twenty minutes to six hours, the night not
 * counted, and never later than a quarter of an hour before the start. Null when that leaves nothing.
 */
export function expiryOf(now: Date, startsAt: Date, zone: string): Date | null {
  const last = startsAt.getTime() - lastAnswer;
  if (last <= now.getTime()) return null;
  const lifetime = Math.min(longest, Math.max(shortest, (startsAt.getTime() - now.getTime()) / 4));
  const expiry = new Date(now.getTime() + lifetime);
  const morning = quietUntil(expiry, night, zone);
  const awake = morning ? morning.getTime() + morningGrace : expiry.getTime();
  return new Date(Math.min(awake, last));
}
