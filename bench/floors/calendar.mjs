// The floor's own arithmetic of quarter hours: nothing of it comes from src, so that a mistake there shows as a difference.
import { Temporal } from 'temporal-polyfill';

export const QUARTER = 15 * 60_000;
export const QUARTERS_A_DAY = 96;
const DAY = QUARTERS_A_DAY * QUARTER;
const BITS = 24; // a half day's 48 bits, read as two numbers that JavaScript's bit operators can hold

/** Visits every busy quarter hour of a day's mask, 0 to 95. */
export function eachBusy(lo, hi, visit) {
  eachBit(lo % 2 ** BITS, 0, visit);
  eachBit(Math.floor(lo / 2 ** BITS), BITS, visit);
  eachBit(hi % 2 ** BITS, 2 * BITS, visit);
  eachBit(Math.floor(hi / 2 ** BITS), 3 * BITS, visit);
}

function eachBit(bits, offset, visit) {
  for (let rest = bits; rest !== 0; rest &= rest - 1) visit(offset + 31 - Math.clz32(rest & -rest));
}

/** The mask of some consecutive quarter hours of one day. */
export function maskOf(first, end) {
  let [lo, hi] = [0, 0];
  for (let bit = first; bit < end; bit++) {
    if (bit < 2 * BITS) lo += 2 ** bit;
    else hi += 2 ** (bit - 2 * BITS);
  }
  return { lo, hi };
}

/** Consecutive quarter hours cut at the UTC midnights: `[day, first, end]`, quarters of that day. */
export function byDay(first, end) {
  const parts = [];
  for (let day = Math.floor(first / QUARTERS_A_DAY); day * QUARTERS_A_DAY < end; day++) {
    const midnight = day * QUARTERS_A_DAY;
    parts.push([day, Math.max(first - midnight, 0), Math.min(end - midnight, QUARTERS_A_DAY)]);
  }
  return parts;
}

const days = new Map();

/** A date of a zone. What a date is never changes, so it is worked out once. */
export function localDay(zone, date) {
  const key = `${zone} ${date}`;
  let day = days.get(key);
  if (!day) days.set(key, (day = readDay(zone, date)));
  return day;
}

function readDay(zone, date) {
  const plain = Temporal.PlainDate.from(date);
  const instant = (time) => plain.toPlainDateTime(time).toZonedDateTime(zone).epochMilliseconds;
  const next = plain.add({ days: 1 });
  const start = instant('00:00');
  const end = next.toPlainDateTime('00:00').toZonedDateTime(zone).epochMilliseconds;
  const at = (time) => (time === '24:00' ? end : end - start === DAY ? start + millisecondsOf(time) : instant(time));
  return { date, weekday: plain.dayOfWeek, next: next.toString(), start, at };
}

function millisecondsOf(time) {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;
}

/** The date that the zone's calendars show at an instant. */
export function dateAt(zone, milliseconds) {
  // Asking the zone is dear: the guess by UTC is one day off at most.
  let day = localDay(zone, new Date(milliseconds - DAY).toISOString().slice(0, 10));
  for (let next = localDay(zone, day.next); next.start <= milliseconds; next = localDay(zone, day.next)) day = next;
  return day.date;
}

export function datePlus(zone, date, count) {
  let day = localDay(zone, date);
  for (let n = 0; n < count; n++) day = localDay(zone, day.next);
  return day.date;
}

/** Visits the working quarter hours `(first, end)` of a weekly rule between two dates, both included. */
export function eachShift({ weekday, starts, ends, validFrom, validUntil }, zone, from, until, visit) {
  for (let day = localDay(zone, from); day.date <= until; day = localDay(zone, day.next)) {
    if (day.weekday !== weekday || day.date < validFrom || (validUntil !== null && day.date >= validUntil)) continue;
    visit(Math.ceil(day.at(starts) / QUARTER), Math.floor(day.at(ends) / QUARTER));
  }
}
