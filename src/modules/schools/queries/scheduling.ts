import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { acrossSchools, currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalTime } from '../../../platform/values/zone.js';
import type { Notice, NoticeCalendar } from '../domain/cancellation-policy.js';
import { SchoolNotFound, TeacherNotFound } from '../domain/school-problems.js';
import { SchoolSchema, splitHolidays, type Locale } from '../domain/school.js';
import { TeacherSchema } from '../domain/teacher.js';
import { VehicleSchema } from '../domain/vehicle.js';
import { type CustomaryHoliday, WorkingDays } from '../domain/working-days.js';
import { LessonTypeReader, type LessonTypeView } from './lesson-type-reader.js';

type Db = Tables<typeof SchoolSchema | typeof TeacherSchema | typeof VehicleSchema>;

export interface SchoolSettings {
  readonly id: Id;
  readonly name: string;
  readonly cvr: string;
  readonly email: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly postcode: string;
  readonly city: string;
  readonly zone: string;
  readonly locale: Locale;
  readonly currency: string;
  readonly quietFrom: LocalTime;
  readonly quietUntil: LocalTime;
  readonly keptHolidays: readonly CustomaryHoliday[];
}

export interface SchedulableTeacher {
  readonly id: Id;
  readonly userId: Id;
  readonly resourceId: number;
  readonly name: string;
  /** Where his lessons begin when nobody says. */
  readonly homeLocationId: Id | null;
  readonly active: boolean;
}

/** Price and cancellation fee include VAT. */
export type SchedulableLessonType = LessonTypeView;

type ForLessonType = Pick<SchedulableLessonType, 'licenceClass'>;

/** What booking needs to know of the current school: who teaches what, when, with which vehicle. Plain rows. */
@Injectable()
export class Scheduling {
  constructor(
    private readonly em: EntityManager,
    private readonly lessonTypes: LessonTypeReader,
  ) {}

  /** @throws SchoolNotFound */
  async school(): Promise<SchoolSettings> {
    const row = await globalQuery<Db>(this.em)
      .selectFrom('schools')
      .select(['id', 'name', 'cvr', 'email', 'phone', 'address_line as addressLine', 'postcode', 'city'])
      .select(['zone', 'locale', 'currency', 'kept_holidays'])
      .select(['quiet_from as quietFrom', 'quiet_until as quietUntil'])
      .where('id', '=', bin(currentSchool()))
      .executeTakeFirst();
    if (!row) throw new SchoolNotFound();
    const { kept_holidays, ...school } = row;
    return { ...school, keptHolidays: splitHolidays(kept_holidays) };
  }

  /** What turns these notices for cancelling into instants, here. Reads nothing where they count in hours alone. @throws SchoolNotFound */
  async noticeCalendar(notices: readonly Notice[]): Promise<NoticeCalendar> {
    if (notices.every(({ clock }) => clock === 'hours_before')) return { zone: 'UTC', workingDays: new WorkingDays() };
    const { zone, keptHolidays } = await this.school();
    return { zone, workingDays: new WorkingDays(keptHolidays) };
  }

  /** Deactivated ones too, because old bookings name them: look at `active` before offering it. @throws LessonTypeNotFound */
  async lessonType(id: Id): Promise<SchedulableLessonType> {
    return this.lessonTypes.get(id);
  }

  /** Active teachers of the licence class, by name. */
  async teachersFor({ licenceClass }: ForLessonType): Promise<SchedulableTeacher[]> {
    return this.teachers
      .where('active', '=', true)
      .where(sql<boolean>`find_in_set(${licenceClass}, licence_classes) > 0`)
      .orderBy('name')
      .orderBy('id')
      .execute();
  }

  /** @throws TeacherNotFound */
  async teacher(id: Id): Promise<SchedulableTeacher> {
    const row = await this.teachers.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new TeacherNotFound();
    return row;
  }

  /** The teacher a user is at this school, or null. */
  async teacherOf(userId: Id): Promise<SchedulableTeacher | null> {
    return (await this.teachers.where('user_id', '=', bin(userId)).executeTakeFirst()) ?? null;
  }

  /**
   * Makes this transaction and any other that books the teacher or changes his hours wait for each other. A booking
   * bumps after its claims, and reads the hours after that; a change of hours bumps first.
   * @throws TeacherNotFound
   */
  async bumpScheduleVersion(teacherId: Id): Promise<void> {
    const { numUpdatedRows } = await globalQuery<Db>(this.em)
      .updateTable('teachers')
      .set((row) => ({ schedule_version: row('schedule_version', '+', 1) }))
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(teacherId))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new TeacherNotFound();
  }

  /** The same for everybody who teaches at the school. */
  async bumpEverySchedule(): Promise<void> {
    await globalQuery<Db>(this.em)
      .updateTable('teachers')
      .set((row) => ({ schedule_version: row('schedule_version', '+', 1) }))
      .where('school_id', '=', bin(currentSchool()))
      .execute();
  }

  /** The same for a person, at every school he teaches at. @throws TeacherNotFound */
  async bumpPersonsSchedules(teacherId: Id): Promise<void> {
    const { userId } = await this.teacher(teacherId);
    await acrossSchools('a person who is away is away from every school', () =>
      globalQuery<Db>(this.em)
        .updateTable('teachers')
        .set((row) => ({ schedule_version: row('schedule_version', '+', 1) }))
        .where('user_id', '=', bin(userId))
        .execute(),
    );
  }

  private get query() {
    return schoolQuery<Db>(this.em);
  }

  private get teachers() {
    return this.query
      .selectFrom('teachers')
      .select(['id', 'user_id as userId', 'resource_id as resourceId', 'name'])
      .select(['home_location_id as homeLocationId', 'active']);
  }
}
