import { defineEntity } from '@mikro-orm/core';
import { amount, bool, code, currency, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LicenceClass } from './licence-class.js';

export const LessonTypeSchema = defineEntity({
  name: 'LessonType',
  tableName: 'lesson_types',
  ...schoolScoped,
  uniques: [{ name: 'lesson_types_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'lesson_types_school_id_name_index', properties: ['schoolId', 'name', 'id'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    name: text(120),
    minutes: int(),
    priceMinor: amount(),
    currency: currency(),
    vatRateBp: int(),
    needsVehicle: bool(),
    licenceClass: code<LicenceClass>(),
    setupMinutes: int(),
    bufferMinutes: int(),
    cancelNoticeHours: int(),
    cancelFeeMinor: amount(),
    bookableByStudents: bool(),
    active: bool(),
    createdAt: instant(),
  },
});

export interface LessonTypeDetails {
  readonly name: string;
  /** The lesson itself: a multiple of 15 from 15 to 480. */
  readonly minutes: number;
  /** Including VAT, in the school's currency. */
  readonly priceMinor: number;
  /** Basis points: 2500 is 25 %. */
  readonly vatRateBp: number;
  readonly needsVehicle: boolean;
  readonly licenceClass: LicenceClass;
  /** Busy time before and after the lesson, in minutes. */
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  /** Cancelling later than this costs the fee. */
  readonly cancelNoticeHours: number;
  readonly cancelFeeMinor: number;
  readonly bookableByStudents: boolean;
}

/** What a school sells by the lesson, with its price and its rules for cancelling. */
export class LessonType extends LessonTypeSchema.class {
  static offer(schoolId: Id, schoolCurrency: string, details: LessonTypeDetails, at: Date): LessonType {
    const lessonType = new LessonType();
    Object.assign(lessonType, { id: newId(), schoolId, currency: schoolCurrency, active: true, createdAt: at });
    lessonType.change(details);
    return lessonType;
  }

  /** Lessons that are booked already keep the price they were booked at. */
  change(details: Partial<LessonTypeDetails> & { readonly active?: boolean }): void {
    Object.assign(this, details);
  }
}
LessonTypeSchema.setClass(LessonType);
