import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { checkLessonType, type LessonTypeDetails } from './lesson-type-rules.js';
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

export type LessonTypeChange = Partial<LessonTypeDetails> & { readonly active?: boolean };

/** What a school sells by the lesson, with its price and its rules for cancelling. */
export class LessonType extends LessonTypeSchema.class {
  /** @throws InvalidLessonType */
  static offer(schoolId: Id, schoolCurrency: string, details: LessonTypeDetails, at: Date): LessonType {
    const lessonType = new LessonType();
    Object.assign(lessonType, { id: newId(), schoolId, currency: schoolCurrency, active: true, createdAt: at });
    lessonType.change(details);
    return lessonType;
  }

  /** Lessons that are booked already keep the price they were booked at. @throws InvalidLessonType */
  change(change: LessonTypeChange): void {
    checkLessonType(change, this.currency);
    const { price, cancelFee, ...details } = change;
    Object.assign(this, given(details), given({ priceMinor: price?.amount, cancelFeeMinor: cancelFee?.amount }));
  }
}
LessonTypeSchema.setClass(LessonType);
