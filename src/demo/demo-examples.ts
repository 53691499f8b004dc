import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { BookingSchema } from '../modules/bookings/index.js';
import type { ChargeSchema, InvoiceSchema, PaymentSchema } from '../modules/finance/index.js';
import type { MessageSchema } from '../modules/notifications/index.js';
import type { LessonTypeSchema, SchoolSchema, TeacherSchema, VehicleSchema } from '../modules/schools/index.js';
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
} as const satisfies Record<string, keyof SchoolTables>;

// The demo's diary ends before, so that a time so far ahead is free.
const freeAfterDays = 56;

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
    return { schoolId: school.id, startsAt: this.freeTime(school.zone), ...(await this.ids(school.id)) };
  }

  private freeTime(zone: string): string {
    const date = addDays(localDate(this.clock.now(), zone), freeAfterDays);
    const monday = addDays(date, (8 - weekdayOf(date)) % 7);
    return atLocal(monday, '10:00', zone).toISOString();
  }

  private async ids(schoolId: Id): Promise<ExampleValues> {
    const rows = await Promise.all(
      Object.entries(tables).map(async ([name, table]) => [name, await this.first(schoolId, table)] as const),
    );
    const charge = await this.first(schoolId, 'charges', 'open');
    const found = [
      ...rows,
      ['bookingId', await this.first(schoolId, 'bookings', 'booked')],
      ['invoiceId', await this.first(schoolId, 'invoices', 'issued')],
    ] as const;
    return {
      ...Object.fromEntries(found.flatMap(([name, id]) => (id ? [[name, id]] : []))),
      ...(charge && { chargeId: charge, chargeIds: [charge] }),
    };
  }

  private async first(schoolId: Id, table: keyof SchoolTables, state?: string): Promise<string | undefined> {
    const db = globalQuery<Record<string, { id: string; school_id: Id; state: string }>>(this.em);
    const rows = db.selectFrom(table).select('id').where('school_id', '=', bin(schoolId)).orderBy('id').limit(1);
    const { id } = (await (state ? rows.where('state', '=', state) : rows).executeTakeFirst()) ?? {};
    return id;
  }
}
