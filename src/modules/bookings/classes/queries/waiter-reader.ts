import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { ofStudents, OwnStudents } from '../../../students/index.js';
import type { Named } from '../../domain/diary-item.js';
import { WaiterNotFound } from '../domain/course-problems.js';
import type { WaiterState } from '../domain/course-waiter.js';
import type { ClassTables } from './tables.js';

export interface WaiterView {
  readonly id: Id;
  readonly course: Named;
  readonly student: Named;
  readonly state: WaiterState;
  /** From 1 on, the next one to be asked; null for those who do not wait. */
  readonly position: number | null;
  /** Until when a seat is kept; null when none is. */
  readonly offeredUntil: Date | null;
  readonly createdAt: Date;
}

export const waiterList = new List({
  id: 'course_waiters.id',
  sorts: { createdAt: byAge },
  defaultSort: 'createdAt',
  filters: { courseId: isIdOf('course_waiters.course_id'), state: is<WaiterState>('course_waiters.state') },
});

export type WaitersAsked = Asked<typeof waiterList> & { readonly studentId?: Id };

/** Who waits for which course; students see their own place alone. */
@Injectable()
export class WaiterReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws StudentNotFound also when a student asks for another's */
  async list(actor: Actor, asked: WaitersAsked): Promise<Page<WaiterView>> {
    const students = await this.ownStudents.asked(actor, asked.studentId);
    const own = waitersIn(this.em).where(ofStudents(students, 'course_waiters.student_id'));
    return mapPage(await waiterList.page(own, asked), viewOf);
  }

  /** @throws WaiterNotFound also when it is another student's */
  async get(actor: Actor, id: Id): Promise<WaiterView> {
    const row = await waitersIn(this.em).where('course_waiters.id', '=', bin(id)).executeTakeFirst();
    if (!row || !(await this.ownStudents.includes(actor, row.student_id))) throw new WaiterNotFound();
    return viewOf(row);
  }
}

function waitersIn(em: EntityManager) {
  return schoolQuery<ClassTables>(em)
    .selectFrom('course_waiters')
    .innerJoin('courses', (on) =>
      on
        .onRef('courses.school_id', '=', 'course_waiters.school_id')
        .onRef('courses.id', '=', 'course_waiters.course_id'),
    )
    .innerJoin('students', (on) =>
      on
        .onRef('students.school_id', '=', 'course_waiters.school_id')
        .onRef('students.id', '=', 'course_waiters.student_id'),
    )
    .select(['course_waiters.id', 'course_waiters.state', 'course_waiters.offered_until'])
    .select('course_waiters.created_at')
    .select(['courses.id as course_id', 'courses.name as course_name'])
    .select(['students.id as student_id', 'students.name as student_name'])
    .select((eb) =>
      eb
        .selectFrom('course_waiters as ahead')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('ahead.school_id', '=', 'course_waiters.school_id')
        .whereRef('ahead.course_id', '=', 'course_waiters.course_id')
        .whereRef('ahead.id', '<', 'course_waiters.id')
        .where('ahead.state', '=', 'waiting')
        .as('before'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof waitersIn>['execute']>>[number];

function viewOf(row: Row): WaiterView {
  return {
    id: row.id,
    course: { id: row.course_id, name: row.course_name },
    student: { id: row.student_id, name: row.student_name },
    state: row.state,
    position: row.state === 'waiting' ? Number(row.before) + 1 : null,
    offeredUntil: row.offered_until,
    createdAt: row.created_at,
  };
}
