import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { SchoolNotFound, TeacherNotFound } from '../domain/school-problems.js';
import { SchoolSchema, type Locale } from '../domain/school.js';
import { TeacherSchema } from '../domain/teacher.js';
import { TimeOffSchema } from '../domain/time-off.js';
import { VehicleSchema } from '../domain/vehicle.js';
import { WorkingHoursSchema } from '../domain/working-hours.js';
import { LessonTypeReader, type LessonTypeView } from './lesson-type-reader.js';

type Db = Tables<
  typeof SchoolSchema | typeof TeacherSchema | typeof VehicleSchema | typeof WorkingHoursSchema | typeof TimeOffSchema
>;

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
  readonly reminderLeadMinutes: number;
}

export interface SchedulableTeacher {
  readonly id: Id;
  readonly userId: Id;
  readonly resourceId: number;
  readonly name: string;
  readonly active: boolean;
}

export interface SchedulableVehicle {
  readonly id: Id;
  readonly resourceId: number;
  readonly name: string;
}

/** Price and cancellation fee include VAT. */
export type SchedulableLessonType = LessonTypeView;

export interface TeacherHours {
  readonly teacherId: Id;
  /** 1 is Monday. */
  readonly weekday: number;
  /** 'HH:MM' in the school's zone; the end may be 24:00. */
  readonly starts: string;
  readonly ends: string;
  readonly validFrom: LocalDate;
  /** The first date on which the row no longer counts. */
  readonly validUntil: LocalDate | null;
}

export interface TeacherTimeOff {
  readonly teacherId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

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
      .select(['zone', 'locale', 'currency', 'reminder_lead_minutes as reminderLeadMinutes'])
      .where('id', '=', bin(currentSchool()))
      .executeTakeFirst();
    if (!row) throw new SchoolNotFound();
    return row;
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

  /** Active vehicles of the licence class, by name. */
  async vehiclesFor({ licenceClass }: ForLessonType): Promise<SchedulableVehicle[]> {
    return this.query
      .selectFrom('vehicles')
      .select(['id', 'resource_id as resourceId', 'name'])
      .where('active', '=', true)
      .where('licence_class', '=', licenceClass)
      .orderBy('name')
      .orderBy('id')
      .execute();
  }

  /** The rows that count on some date from the first to the last, both included. A deactivated teacher has none. */
  async workingHours(teacherIds: readonly Id[], from: LocalDate, until: LocalDate): Promise<TeacherHours[]> {
    if (teacherIds.length === 0) return [];
    return this.query
      .selectFrom('working_hours')
      .innerJoin('teachers', (join) =>
        join
          .onRef('teachers.school_id', '=', 'working_hours.school_id')
          .onRef('teachers.id', '=', 'working_hours.teacher_id'),
      )
      .select([
        'working_hours.teacher_id as teacherId',
        'working_hours.weekday',
        'working_hours.starts',
        'working_hours.ends',
      ])
      .select(['working_hours.valid_from as validFrom', 'working_hours.valid_until as validUntil'])
      .where('teachers.active', '=', true)
      .where('working_hours.teacher_id', 'in', bins(teacherIds))
      .where('working_hours.valid_from', '<=', until)
      .where((row) =>
        row.or([row('working_hours.valid_until', 'is', null), row('working_hours.valid_until', '>', from)]),
      )
      .orderBy('working_hours.weekday')
      .orderBy('working_hours.starts')
      .execute();
  }

  /** Time off that overlaps the range. */
  async timeOff(teacherIds: readonly Id[], range: TimeRange): Promise<TeacherTimeOff[]> {
    if (teacherIds.length === 0) return [];
    return this.query
      .selectFrom('time_off')
      .select(['teacher_id as teacherId', 'starts_at as startsAt', 'ends_at as endsAt'])
      .where('teacher_id', 'in', bins(teacherIds))
      .where('starts_at', '<', range.end)
      .where('ends_at', '>', range.start)
      .orderBy('starts_at')
      .execute();
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

  private get query() {
    return schoolQuery<Db>(this.em);
  }

  private get teachers() {
    return this.query
      .selectFrom('teachers')
      .select(['id', 'user_id as userId', 'resource_id as resourceId', 'name', 'active']);
  }
}
