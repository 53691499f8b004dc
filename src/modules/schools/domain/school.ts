import { defineEntity } from '@mikro-orm/core';
import { currency, id, instant, int, localTime, text } from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId } from '../../../platform/values/id.js';
import type { LocalTime } from '../../../platform/values/zone.js';
import { checkCvr } from './cvr.js';
import { customaryLeads, joinLeads, type ReminderLeads } from './reminder-leads.js';
import { checkSlug } from './slug.js';
import type { CustomaryHoliday } from './working-days.js';

export const SchoolSchema = defineEntity({
  name: 'School',
  tableName: 'schools',
  uniques: [{ name: 'schools_slug_unique', properties: ['slug'] }],
  indexes: [
    { name: 'schools_name_index', properties: ['name', 'id'] },
    { name: 'schools_teacher_digest', properties: ['zone', 'teacherDigestTime'] },
    // Few different lists among many schools.
    { name: 'schools_lesson_reminders', properties: ['lessonReminderList'] },
    { name: 'schools_class_reminders', properties: ['classReminderList'] },
    { name: 'schools_exam_reminders', properties: ['examReminderList'] },
  ],
  properties: {
    id: id().primary(),
    name: text(120),
    slug: text(60),
    cvr: text(8),
    email: text(254),
    phone: text(20),
    addressLine: text(160),
    postcode: text(10),
    city: text(80),
    zone: text(60),
    locale: text(5).$type<Locale>(),
    currency: currency(),
    /** Lead times in minutes, comma-separated; empty: no reminders. */
    lessonReminderList: text(60).fieldName('lesson_reminders').default('1440'),
    classReminderList: text(60).fieldName('class_reminders').default(''),
    examReminderList: text(60).fieldName('exam_reminders').default(''),
    /** When teachers get their next day, in the school's zone. */
    teacherDigestTime: localTime().nullable(),
    quietFrom: localTime().default('21:00'),
    quietUntil: localTime().default('08:00'),
    /** Comma-separated. */
    keptHolidayList: text(120).fieldName('kept_holidays').default(''),
    /** After so many hours owners hear of a lead that nobody has touched; null: as the installation has it. */
    leadEscalationHours: int().nullable(),
    createdAt: instant(),
  },
});

export const locales = ['da', 'en'] as const;
export type Locale = (typeof locales)[number];

export interface SchoolDetails {
  readonly name: string;
  /** Eight digits with a valid check digit. */
  readonly cvr: string;
  readonly email: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly postcode: string;
  readonly city: string;
  readonly locale: Locale;
  /** How long before a lesson, a class or an exam students are reminded of it; left out at the opening: a day. */
  readonly lessonReminders?: ReminderLeads;
  readonly classReminders?: ReminderLeads;
  readonly examReminders?: ReminderLeads;
  /** When teachers get the list of their next day, in the school's zone; null: not at all. At 18:00 when left out at the opening. */
  readonly teacherDigestTime?: LocalTime | null;
  /** Between these, by the reader's clock, text messages wait that can; the same time twice: never. 21:00 to 08:00 when left out. */
  readonly quietFrom?: LocalTime;
  readonly quietUntil?: LocalTime;
  /** After so many hours owners hear of a lead that nobody has touched; null or left out: as the installation has it. */
  readonly leadEscalationHours?: number | null;
  /** Days off besides weekends and public holidays, where notice is counted in working days; none when left out. */
  readonly keptHolidays?: readonly CustomaryHoliday[];
}

const customaryReminders = {
  lessonReminders: customaryLeads,
  classReminders: customaryLeads,
  examReminders: customaryLeads,
  teacherDigestTime: '18:00',
};

/** A driving school: the tenant, and the seller named on its invoices. */
export class School extends SchoolSchema.class {
  /** @throws InvalidCvr, InvalidSlug */
  static open(slug: string, details: SchoolDetails, at: Date): School {
    checkSlug(slug);
    const school = new School();
    school.id = newId();
    school.slug = slug;
    school.zone = 'Europe/Copenhagen';
    school.currency = 'DKK';
    school.keptHolidayList = '';
    school.quietFrom = '21:00';
    school.quietUntil = '08:00';
    school.createdAt = at;
    school.change({ ...customaryReminders, ...given(details) });
    return school;
  }

  /** @throws InvalidCvr */
  change(details: Partial<SchoolDetails>): void {
    if (details.cvr !== undefined) checkCvr(details.cvr);
    const { keptHolidays, lessonReminders, classReminders, examReminders, ...rest } = details;
    Object.assign(this, given(rest));
    if (lessonReminders) this.lessonReminderList = joinLeads(lessonReminders);
    if (classReminders) this.classReminderList = joinLeads(classReminders);
    if (examReminders) this.examReminderList = joinLeads(examReminders);
    if (keptHolidays) this.keptHolidayList = [...new Set(keptHolidays)].sort().join(',');
  }
}
SchoolSchema.setClass(School);

export function splitHolidays(list: string): CustomaryHoliday[] {
  return list === '' ? [] : (list.split(',') as CustomaryHoliday[]);
}
