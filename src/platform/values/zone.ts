import { Temporal } from 'temporal-polyfill';

/** A calendar date without a zone: 'YYYY-MM-DD'. */
export type LocalDate = string;
/** A wall-clock time: 'HH:MM'. */
export type LocalTime = string;

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
  // 24:00 ends a day; Temporal writes it as the next day's midnight.
  if (time === '24:00') return atLocal(addDays(date, 1), '00:00', zone);
  const zoned = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' });
  return new Date(zoned.epochMilliseconds);
}

/** From midnight to a wall-clock time, as clocks show it. */
export function minutesOf(time: LocalTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The same day so many months later, or the last of a month that is too short. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** The same day so many years later; of a leap day the last of February. */
export function addYears(date: LocalDate, years: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ years }).toString();
}

/** Each date from the first to the last, both included. */
export function eachDate(from: LocalDate, until: LocalDate): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let date = from; date <= until; date = addDays(date, 1)) dates.push(date);
  return dates;
}
