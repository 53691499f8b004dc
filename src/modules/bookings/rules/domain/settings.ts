import { defineEntity } from '@mikro-orm/core';
import { amount, bool, code, id, int, localDate, schoolScoped } from '../../../../platform/database/columns.js';

export const prepayments = ['none', 'deposit', 'full'] as const;
/** What a student pays before a lesson of the type is his. */
export type Prepayment = (typeof prepayments)[number];

export const BookingSettingsSchema = defineEntity({
  name: 'BookingSettings',
  tableName: 'booking_settings',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    /** Whether students book for themselves where nobody has said otherwise of one. */
    studentsBook: bool().default(true),
    noticeMinutes: int().default(0),
    horizonDays: int().nullable(),
    /** Of all lesson types together. */
    maxPerDay: int().nullable(),
    maxPerWeek: int().nullable(),
    /** More overdue than this, and he books no more; null: it does not matter. */
    arrearsLimitMinor: amount().nullable(),
    /** How long a time waits for its prepayment. */
    holdMinutes: int().default(30),
  },
});

/** Who may book what at one school. */
export class BookingSettings extends BookingSettingsSchema.class {}
BookingSettingsSchema.setClass(BookingSettings);

export const LessonTypeRulesSchema = defineEntity({
  name: 'LessonTypeRules',
  tableName: 'lesson_type_rules',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    lessonTypeId: id().primary(),
    /** Null here and below: as the school's. */
    noticeMinutes: int().nullable(),
    horizonDays: int().nullable(),
    /** Of this type alone, beside the school's. */
    maxPerDay: int().nullable(),
    maxPerWeek: int().nullable(),
    prepayment: code<Prepayment>().default('none'),
    depositMinor: amount().nullable(),
    /** So much of the theory a student has done before; null: it does not matter. */
    theoryPercent: int().nullable(),
  },
});

/** What else holds for lessons of one type. */
export class LessonTypeRules extends LessonTypeRulesSchema.class {}
LessonTypeRulesSchema.setClass(LessonTypeRules);

export const StudentBookingRulesSchema = defineEntity({
  name: 'StudentBookingRules',
  tableName: 'student_booking_rules',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    studentId: id().primary(),
    /** Null: as the school has it. */
    open: bool().nullable(),
    /** The last date on which he may book. */
    openUntil: localDate().nullable(),
    /** Of all lesson types together, beside the school's. */
    maxPerDay: int().nullable(),
    maxPerWeek: int().nullable(),
    version: int().default(1),
  },
});

/** What the office has said of one student's bookings. */
export class StudentBookingRules extends StudentBookingRulesSchema.class {}
StudentBookingRulesSchema.setClass(StudentBookingRules);
