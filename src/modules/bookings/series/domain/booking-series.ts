import { defineEntity } from '@mikro-orm/core';
import { id, instant, int, json, localDate, localTime, schoolScoped } from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { WeeklyPattern } from './weekly-pattern.js';

/** A date of a series that got no lesson, and the code of the problem that refused it. */
export interface LeftOutDate {
  readonly date: LocalDate;
  readonly code: string;
}

export const BookingSeriesSchema = defineEntity({
  name: 'BookingSeries',
  tableName: 'booking_series',
  ...schoolScoped,
  uniques: [{ name: 'booking_series_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'booking_series_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'booking_series_lesson_type', properties: ['schoolId', 'lessonTypeId'] },
    { name: 'booking_series_teacher', properties: ['schoolId', 'teacherId'] },
    { name: 'booking_series_vehicle', properties: ['schoolId', 'vehicleId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    lessonTypeId: id(),
    /** Null: whoever was free. */
    teacherId: id().nullable(),
    vehicleId: id().nullable(),
    /** 1 is Monday. */
    weekdays: json<readonly number[]>(),
    starts: localTime(),
    everyWeeks: int(),
    /** Of its first and last lesson, as it was booked. */
    firstDate: localDate(),
    lastDate: localDate(),
    leftOut: json<readonly LeftOutDate[]>(),
    createdBy: id(),
    createdAt: instant(),
  },
});

export interface NewSeries {
  readonly id: Id;
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly lessonTypeId: Id;
  readonly teacherId: Id | null;
  readonly vehicleId: Id | null;
  readonly pattern: WeeklyPattern;
  readonly dates: readonly LocalDate[];
  readonly leftOut: readonly LeftOutDate[];
  readonly createdBy: Id;
}

/** What was agreed when lessons were booked week after week. Where each of them stands by now, the bookings themselves say. */
export class BookingSeries extends BookingSeriesSchema.class {
  static agree({ pattern, dates, ...series }: NewSeries, at: Date): BookingSeries {
    const { weekdays, time: starts, everyWeeks } = pattern;
    return Object.assign(new BookingSeries(), series, {
      weekdays,
      starts,
      everyWeeks,
      firstDate: dates[0]!,
      lastDate: dates.at(-1)!,
      createdAt: at,
    });
  }
}
BookingSeriesSchema.setClass(BookingSeries);
