import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
  type Objection,
  ObjectsToErasure,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { addYears, type LocalDate } from '../../../../platform/values/zone.js';
import type { ClassTables } from '../queries/tables.js';

/** As long as the lesson log, of which theory is a part. */
const keptYears = 2;

/** The person's theory classes. */
@Injectable()
export class ClassPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('classes')
  classes({ id }: DataSubject): Promise<unknown> {
    return this.attendancesOf(id)
      .innerJoin('class_sessions', (on) =>
        on
          .onRef('class_sessions.school_id', '=', 'class_attendances.school_id')
          .onRef('class_sessions.id', '=', 'class_attendances.session_id'),
      )
      .select(['class_sessions.topic', 'class_sessions.starts_at as startsAt', 'class_sessions.ends_at as endsAt'])
      .select(['class_attendances.state', 'class_attendances.reported_at as reportedAt'])
      .orderBy('class_sessions.starts_at')
      .execute();
  }

  @ExportsPersonalData('courses')
  async courses({ id }: DataSubject): Promise<unknown> {
    const enrolments = await schoolQuery<ClassTables>(this.em)
      .selectFrom('course_enrolments')
      .select(['id', 'course_id as courseId', 'state', 'price_minor as priceMinor', 'currency'])
      .select(['enrolled_at as enrolledAt', 'left_at as leftAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    const waitingLists = await schoolQuery<ClassTables>(this.em)
      .selectFrom('course_waiters')
      .select(['id', 'course_id as courseId', 'state', 'created_at as createdAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    return { enrolments, waitingLists };
  }

  @ObjectsToErasure('classes')
  async objections({ id }: DataSubject): Promise<Objection[]> {
    const unreported = this.attendancesOf(id).select('class_attendances.id').where('state', '=', 'expected');
    const seat = schoolQuery<ClassTables>(this.em)
      .selectFrom('course_seats')
      .innerJoin('courses', (on) =>
        on.onRef('courses.school_id', '=', 'course_seats.school_id').onRef('courses.id', '=', 'course_seats.course_id'),
      )
      .select('course_seats.place')
      .where('course_seats.student_id', '=', bin(id))
      .where('courses.state', 'in', ['draft', 'open', 'closed']);
    const open = (await unreported.limit(1).executeTakeFirst()) ?? (await seat.limit(1).executeTakeFirst());
    return open ? [onACourse] : [];
  }

  /** Where he waited goes; where he was taught stays, and whose it was for as long as the lesson log must be shown. */
  @ErasesPersonalData('classes')
  async erase({ id }: DataSubject, today: LocalDate): Promise<Kept | null> {
    await globalQuery<ClassTables>(this.em)
      .deleteFrom('course_waiters')
      .where('school_id', '=', bin(currentSchool()))
      .where('student_id', '=', bin(id))
      .execute();
    const taught = this.attendancesOf(id).select('starts_at as startsAt').where('state', 'in', ['present', 'absent']);
    const last = await taught.orderBy('starts_at', 'desc').limit(1).executeTakeFirst();
    if (!last) return null;
    const until = addYears(last.startsAt.toISOString().slice(0, 10), keptYears);
    return until > today ? { until, needsIdentity: true } : null;
  }

  private attendancesOf(studentId: DataSubject['id']) {
    return schoolQuery<ClassTables>(this.em)
      .selectFrom('class_attendances')
      .where('class_attendances.student_id', '=', bin(studentId));
  }
}

const onACourse: Objection = {
  code: 'on_a_course',
  texts: {
    en: 'The student is on a course: withdraw him, or report his attendance and complete the course.',
    da: 'Eleven er på et hold: frameld eleven, eller meld fremmøde og afslut holdet.',
  },
};
