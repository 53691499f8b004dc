import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type {
  BookingSchema,
  BookingSeriesSchema,
  ClassSessionSchema,
  CourseEnrolmentSchema,
  CoursePlanSchema,
  CourseSchema,
  CourseWaiterSchema,
  ExamSchema,
  WaitingListEntrySchema,
} from '../modules/bookings/index.js';
import type { ChargeSchema, InvoiceSchema, PaymentSchema } from '../modules/finance/index.js';
import type { MessageSchema } from '../modules/notifications/index.js';
import type {
  ClosingDaySchema,
  FacilitySchema,
  LessonTypeSchema,
  LocationSchema,
  SchoolSchema,
  TeacherSchema,
  TimeOffSchema,
  VehicleSchema,
} from '../modules/schools/index.js';
import type { StudentSchema } from '../modules/students/index.js';
import { AppConfig } from '../platform/config/app.config.js';
import { bin, globalQuery, type Tables } from '../platform/database/query.js';
import { ApiExamples, type ExampleValues } from '../platform/http/api-examples.js';
import { Clock } from '../platform/values/clock.js';
import type { Id } from '../platform/values/id.js';
import { addDays, atLocal, localDate, weekdayOf } from '../platform/values/zone.js';
import { demoSchool } from './demo-data.js';

type SchoolTables = Tables<
  | typeof BookingSchema
  | typeof BookingSeriesSchema
  | typeof ClassSessionSchema
  | typeof ClosingDaySchema
  | typeof CourseEnrolmentSchema
  | typeof CoursePlanSchema
  | typeof CourseSchema
  | typeof CourseWaiterSchema
  | typeof ExamSchema
  | typeof FacilitySchema
  | typeof LocationSchema
  | typeof TimeOffSchema
  | typeof WaitingListEntrySchema
  | typeof ChargeSchema
  | typeof InvoiceSchema
  | typeof LessonTypeSchema
  | typeof MessageSchema
  | typeof PaymentSchema
  | typeof StudentSchema
  | typeof TeacherSchema
  | typeof VehicleSchema
>;

const tables = {
  teacherId: 'teachers',
  vehicleId: 'vehicles',
  lessonTypeId: 'lesson_types',
  studentId: 'students',
  messageId: 'messages',
  paymentId: 'payments',
  locationId: 'locations',
  facilityId: 'facilities',
  timeOffId: 'time_off',
  closingDayId: 'closing_days',
  coursePlanId: 'course_plans',
  courseId: 'courses',
  classId: 'class_sessions',
  enrolmentId: 'course_enrolments',
  waiterId: 'course_waiters',
  examId: 'exams',
  seriesId: 'booking_series',
  entryId: 'waiting_list_entries',
} as const satisfies Record<string, keyof SchoolTables>;

// The demo's diary ends before, and its horizon after: a time so far ahead is free.
const freeAfterDays = 49;

/** The demo school's own ids, and a time at which its first teacher is free. */
@Injectable()
export class DemoExamples extends ApiExamples {
  constructor(
    private readonly em: EntityManager,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {
    super();
  }

  async values(): Promise<ExampleValues> {
    if (this.config.environment === 'production') return {};
    const school = await globalQuery<Tables<typeof SchoolSchema>>(this.em)
      .selectFrom('schools')
      .select(['id', 'zone'])
      .where('slug', '=', demoSchool.slug)
      .executeTakeFirst();
    if (!school) return {};
    return {
      schoolId: school.id,
      slug: 'vesterbro',
      active: true,
      ...this.freeTime(school.zone),
      ...(await this.ids(school.id)),
    };
  }

  private freeTime(zone: string): ExampleValues {
    const date = addDays(localDate(this.clock.now(), zone), freeAfterDays);
    const monday = addDays(date, (8 - weekdayOf(date)) % 7);
    const [startsAt, endsAt] = ['10:00', '12:00'].map((time) => atLocal(monday, time, zone).toISOString());
    return { startsAt: startsAt ?? '', endsAt: endsAt ?? '' };
  }

  private async ids(schoolId: Id): Promise<ExampleValues> {
    const wanted = [
      ...Object.entries(tables).map(([name, table]) => [name, table, {}] as const),
      ['bookingId', 'bookings', { state: 'booked' }] as const,
      ['invoiceId', 'invoices', { kind: 'invoice', state: 'issued' }] as const,
      ['chargeId', 'charges', { state: 'open' }] as const,
    ];
    const found = await Promise.all(
      wanted.map(async ([name, table, filter]) => [name, await this.first(schoolId, table, filter)] as const),
    );
    const ids: ExampleValues = Object.fromEntries(found.flatMap(([name, id]) => (id ? [[name, id]] : [])));
    return { ...ids, chargeIds: ids['chargeId'] ? [String(ids['chargeId'])] : [] };
  }

  private async first(
    schoolId: Id,
    table: keyof SchoolTables,
    filter: Record<string, string>,
  ): Promise<string | undefined> {
    const found = await globalQuery<Record<string, Record<string, string>>>(this.em)
      .selectFrom(table)
      .select('id')
      .where('school_id', '=', bin(schoolId))
      .where((row) => row.and(filter))
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    return found?.['id'];
  }
}
