import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { ofStudents, OwnStudents } from '../../../students/index.js';
import type { Named } from '../../domain/diary-item.js';
import type { EnrolmentState } from '../domain/course-enrolment.js';
import { EnrolmentNotFound } from '../domain/course-problems.js';
import type { ClassTables } from './tables.js';

export interface EnrolmentView {
  readonly id: Id;
  readonly course: Named;
  readonly student: Named;
  readonly state: EnrolmentState;
  readonly price: Money;
  readonly enrolledAt: Date;
  readonly leftAt: Date | null;
}

export const enrolmentList = new List({
  id: 'course_enrolments.id',
  sorts: { enrolledAt: byAge },
  defaultSort: 'enrolledAt',
  filters: {
    courseId: isIdOf('course_enrolments.course_id'),
    state: is<EnrolmentState>('course_enrolments.state'),
  },
});

export type EnrolmentsAsked = Asked<typeof enrolmentList> & { readonly studentId?: Id };

/** Who is on which course; students see their own. */
@Injectable()
export class EnrolmentReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws StudentNotFound also when a student asks for another's */
  async list(actor: Actor, asked: EnrolmentsAsked): Promise<Page<EnrolmentView>> {
    const students = await this.ownStudents.asked(actor, asked.studentId);
    const own = enrolmentsIn(this.em).where(ofStudents(students, 'course_enrolments.student_id'));
    return mapPage(await enrolmentList.page(own, asked), viewOf);
  }

  /** @throws EnrolmentNotFound also when it is another student's */
  async get(actor: Actor, id: Id): Promise<EnrolmentView> {
    const row = await enrolmentsIn(this.em).where('course_enrolments.id', '=', bin(id)).executeTakeFirst();
    if (!row || !(await this.ownStudents.includes(actor, row.student_id))) throw new EnrolmentNotFound();
    return viewOf(row);
  }
}

function enrolmentsIn(em: EntityManager) {
  return schoolQuery<ClassTables>(em)
    .selectFrom('course_enrolments')
    .innerJoin('courses', (on) =>
      on
        .onRef('courses.school_id', '=', 'course_enrolments.school_id')
        .onRef('courses.id', '=', 'course_enrolments.course_id'),
    )
    .innerJoin('students', (on) =>
      on
        .onRef('students.school_id', '=', 'course_enrolments.school_id')
        .onRef('students.id', '=', 'course_enrolments.student_id'),
    )
    .select(['course_enrolments.id', 'course_enrolments.state', 'course_enrolments.price_minor'])
    .select(['course_enrolments.currency', 'course_enrolments.enrolled_at', 'course_enrolments.left_at'])
    .select(['courses.id as course_id', 'courses.name as course_name'])
    .select(['students.id as student_id', 'students.name as student_name']);
}

type Row = Awaited<ReturnType<ReturnType<typeof enrolmentsIn>['execute']>>[number];

function viewOf(row: Row): EnrolmentView {
  return {
    id: row.id,
    course: { id: row.course_id, name: row.course_name },
    student: { id: row.student_id, name: row.student_name },
    state: row.state,
    price: Money.of(row.price_minor, row.currency),
    enrolledAt: row.enrolled_at,
    leftAt: row.left_at,
  };
}
