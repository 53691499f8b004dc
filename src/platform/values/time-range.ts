import { atLocal, type LocalDate } from './zone.js';

/** A half-open range of time: the start belongs to it, the end does not. */
export class TimeRange {
  /** @throws RangeError when the end is not after the start */
  constructor(
    readonly start: Date,
    readonly end: Date,
  ) {
    if (!(end.getTime() > start.getTime())) throw new RangeError('a time range ends after it starts');
  }

  static ofMinutes(start: Date, minutes: number): TimeRange {
    return new TimeRange(start, new Date(start.getTime() + minutes * 60_000));
  }

  /** The whole of a date, as the zone's clocks show it. */
  static ofDay(date: LocalDate, zone: string): TimeRange {
    return new TimeRange(atLocal(date, '00:00', zone), atLocal(date, '24:00', zone));
  }

  get minutes(): number {
    return (this.end.getTime() - this.start.getTime()) / 60_000;
  }

  overlaps(other: TimeRange): boolean {
    return this.start < other.end && other.start < this.end;
  }

  contains(other: TimeRange): boolean {
    return this.start <= other.start && other.end <= this.end;
  }

  /** The same range with room before and after it. */
  widened(minutesBefore: number, minutesAfter: number): TimeRange {
    return new TimeRange(
      new Date(this.start.getTime() - minutesBefore * 60_000),
      new Date(this.end.getTime() + minutesAfter * 60_000),
    );
  }
}
