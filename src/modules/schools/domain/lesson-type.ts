import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  json,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { simply, type CancellationPolicy } from './cancellation-policy.js';
import type { FacilityKind } from './facility.js';
import { checkCancellationForm, checkLessonType, checkNeeds, type LessonTypeDetails } from './lesson-type-rules.js';
import { joinLeads } from './reminder-leads.js';
import type { LicenceClass } from './licence-class.js';
import type { Gearbox } from './vehicle.js';

export const LessonTypeSchema = defineEntity({
  name: 'LessonType',
  tableName: 'lesson_types',
  ...schoolScoped,
  uniques: [{ name: 'lesson_types_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'lesson_types_school_id_name_index', properties: ['schoolId', 'name', 'id'] },
    { name: 'lesson_types_reminders', properties: ['reminderList'] },
  ],
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
    vehicleClass: code<LicenceClass>().nullable(),
    gearbox: code<Gearbox>().nullable(),
    needsTrailer: bool().default(false),
    facilityKind: code<FacilityKind>().nullable(),
    setupMinutes: int(),
    bufferMinutes: int(),
    cancelNoticeHours: int(),
    cancelFeeMinor: amount(),
    /** Null: hours and fee are all of it. */
    cancellation: json<CancellationPolicy>().nullable(),
    bookableByStudents: bool(),
    /** Lead times in minutes, comma-separated; empty: no reminders; null: as the school has it. */
    reminderList: text(60).fieldName('reminders').nullable(),
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
    const needs = { vehicleClass: null, gearbox: null, needsTrailer: false, facilityKind: null };
    Object.assign(lessonType, needs, { id: newId(), schoolId, currency: schoolCurrency, active: true, createdAt: at });
    Object.assign(lessonType, { cancelNoticeHours: 0, cancelFeeMinor: 0, cancellation: null, reminderList: null });
    checkCancellationForm(details, 'nothing');
    lessonType.assign(details);
    return lessonType;
  }

  /** Lessons that are booked already keep the price they were booked at. @throws InvalidLessonType */
  change(change: LessonTypeChange): void {
    checkCancellationForm(change, this.cancellation ? 'full' : 'short');
    this.assign(change);
  }

  private assign(change: LessonTypeChange): void {
    checkLessonType(change, this.currency);
    const { price, cancellation, cancelFee, cancelNoticeHours, reminders, ...details } = change;
    if (reminders !== undefined) this.reminderList = reminders && joinLeads(reminders);
    Object.assign(this, given(details), given({ priceMinor: price?.amount }));
    const short = cancellation ? simply(cancellation) : { hours: cancelNoticeHours ?? undefined, fee: cancelFee };
    if (cancellation && !short) this.cancellation = cancellation;
    else if (short?.hours !== undefined || short?.fee) this.cancellation = null;
    Object.assign(this, given({ cancelNoticeHours: short?.hours, cancelFeeMinor: short?.fee?.amount }));
    checkNeeds(this);
  }
}
LessonTypeSchema.setClass(LessonType);
