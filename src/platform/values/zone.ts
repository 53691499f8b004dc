import { Temporal } from 'temporal-polyfill';

/** A calendar date without a zone: 'YYYY-MM-DD'. */
export type LocalDate = string;
/** A wall-clock time: 'HH:MM'. */
export type LocalTime = string;

const DAY = 86_400_000;

// Asking a zone's rules is dear and the answer never changes; few of all times are asked for.
const instants = new Map<string, number>();
const INSTANTS_KEPT = 10_000;

export function toZoned(date: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone);
}

export function localDate(date: Date, zone: string): LocalDate {
  return toZoned(date, zone).toPlainDate().toString();
}

export function localTime(date: Date, zone: string): LocalTime {
  return toZoned(date, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The instant at which the zone's clocks show that time; in the gap of a spring night the later one, in the overlap of an autumn night the earlier. */
export function atLocal(date: LocalDate, time: LocalTime, zone: string): Date {
  const question = `${zone} ${date} ${time}`;
  let instant = instants.get(question);
  if (instant === undefined) {
    instant = instantAt(date, time, zone);
    if (instants.size >= INSTANTS_KEPT) instants.clear();
    instants.set(question, instant);
  }
  return new Date(instant);
}

function instantAt(date: LocalDate, time: LocalTime, zone: string): number {
  // 24:00 ends a day; Temporal writes it as the next day's midnight.
  if (time === '24:00') return instantAt(addDays(date, 1), '00:00', zone);
  const local = Temporal.PlainDateTime.from(`${date}T${time}`);
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return ((utcMidnight(date).getUTCDay() + 6) % 7) + 1;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(utcMidnight(date).getTime() + days * DAY).toISOString().slice(0, 10);
}

// A date without a zone is plain arithmetic, a tenth of what Temporal takes for it.
function utcMidnight(date: LocalDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** Each date from the first to the last, both included. */
export function eachDate(from: LocalDate, until: LocalDate): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let date = from; date <= until; date = addDays(date, 1)) dates.push(date);
  return dates;
}
