import { SLOTS_PER_DAY } from './slots.js';

/** Bits of one half: 48 fit both a BIGINT UNSIGNED and a JavaScript number without loss. */
export const HALF = SLOTS_PER_DAY / 2;
const QUARTER = HALF / 2;
const QUARTER_LIMIT = 2 ** QUARTER;

/** The 96 quarter hours of one UTC day, a set bit for a busy one: `lo` is 00:00–12:00, `hi` is 12:00–24:00. */
export interface DayMask {
  readonly lo: number;
  readonly hi: number;
}

export interface BusyDay extends DayMask {
  /** Days since the epoch in UTC. */
  readonly day: number;
}

export const FREE_DAY: DayMask = { lo: 0, hi: 0 };

/** The mask of the quarter hours `first` until `end` of a day, 0 to 96. */
export function maskOf(first: number, end: number): DayMask {
  return { lo: bits(first, Math.min(end, HALF)), hi: bits(Math.max(first, HALF) - HALF, end - HALF) };
}

export function union(a: DayMask, b: DayMask): DayMask {
  return { lo: or(a.lo, b.lo), hi: or(a.hi, b.hi) };
}

/** What is busy in `a` and not in `b`. */
export function difference(a: DayMask, b: DayMask): DayMask {
  const both = union(a, b);
  return { lo: both.lo - b.lo, hi: both.hi - b.hi };
}

/** Calls back with each busy quarter hour of the day, 0 to 95, in order. */
export function eachBusy(mask: DayMask, visit: (slotOfDay: number) => void): void {
  eachBit(mask.lo % QUARTER_LIMIT, 0, visit);
  eachBit(Math.floor(mask.lo / QUARTER_LIMIT), QUARTER, visit);
  eachBit(mask.hi % QUARTER_LIMIT, HALF, visit);
  eachBit(Math.floor(mask.hi / QUARTER_LIMIT), HALF + QUARTER, visit);
}

/** Bits `first` until `end` of one half; none when the range is empty or below it. */
function bits(first: number, end: number): number {
  return first < end ? 2 ** end - 2 ** first : 0;
}

/** JavaScript's own bit operators stop at 32 bits, so a half is combined as two quarters. */
function or(a: number, b: number): number {
  const high = Math.floor(a / QUARTER_LIMIT) | Math.floor(b / QUARTER_LIMIT);
  return high * QUARTER_LIMIT + ((a % QUARTER_LIMIT) | (b % QUARTER_LIMIT));
}

function eachBit(quarter: number, offset: number, visit: (slotOfDay: number) => void): void {
  for (let rest = quarter; rest !== 0; rest &= rest - 1) visit(offset + 31 - Math.clz32(rest & -rest));
}
