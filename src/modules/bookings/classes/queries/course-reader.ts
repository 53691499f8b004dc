import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byInstant, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { FacilitySchema } from '../../../schools/index.js';
import type { Named } from '../../domain/diary-item.js';
import { namedIfAny } from '../../domain/diary-item.js';
import { CourseNotFound } from '../domain/course-problems.js';
import type { CourseState } from '../domain/course-state.js';
import type { ClassTables } from './tables.js';

export interface CourseView {
  readonly id: Id;
  readonly name: string;
  readonly state: CourseState;
  readonly plan: Named;
  readonly teacher: Named;
  readonly room: Named | null;
  readonly capacity: number;
  /** Neither taken nor kept for somebody on the waiting list. */
  readonly freeSeats: number;
  readonly price: Money;
  readonly selfEnrolment: boolean;
  readonly offerHours: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly cancelReason: string | null;
}

export const courseList = new List({
  id: 'courses.id',
  sorts: { startsAt: byInstant('courses.starts_at') },
  defaultSort: 'startsAt',
  filters: {
    state: is<CourseState>('courses.state'),
    planId: isIdOf('courses.plan_id'),
    teacherId: isIdOf('courses.teacher_id'),
  },
});

export type CoursesAsked = Asked<typeof courseList> & { readonly endsAfter?: Date };

/** Courses, as whoever asks may know of them: one that is being planned is for the school alone. */
@Injectable()
export class CourseReader {
  constructor(private readonly em: EntityManager) {}

  async list(actor: Actor, asked: CoursesAsked): Promise<Page<CourseView>> {
    const { endsAfter } = asked;
    const courses = this.visibleTo(actor).$if(endsAfter !== undefined, (query) =>
      query.where('courses.ends_at', '>', endsAfter!),
    );
    return mapPage(await courseList.page(courses, asked), viewOf);
  }

  /** @throws CourseNotFound */
  async get(actor: Actor, id: Id): Promise<CourseView> {
    const row = await this.visibleTo(actor).where('courses.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new CourseNotFound();
    return viewOf(row);
  }

  private visibleTo({ isStaff }: Actor) {
    const courses = coursesIn(this.em);
    return isStaff ? courses : courses.where('courses.state', '!=', 'draft');
  }
}

function coursesIn(em: EntityManager) {
  return (
    schoolQuery<ClassTables & Tables<typeof FacilitySchema>>(em)
      .selectFrom('courses')
      // Courses first, in the order of their index.
      .modifyFront(sql`straight_join`)
      .innerJoin('course_plans', (on) =>
        on.onRef('course_plans.school_id', '=', 'courses.school_id').onRef('course_plans.id', '=', 'courses.plan_id'),
      )
      .innerJoin('teachers', (on) =>
        on.onRef('teachers.school_id', '=', 'courses.school_id').onRef('teachers.id', '=', 'courses.teacher_id'),
      )
      .leftJoin('facilities', (on) =>
        on.onRef('facilities.school_id', '=', 'courses.school_id').onRef('facilities.id', '=', 'courses.room_id'),
      )
      .select(['courses.id', 'courses.name', 'courses.state', 'courses.capacity', 'courses.price_minor'])
      .select(['courses.currency', 'courses.self_enrolment', 'courses.offer_hours', 'courses.starts_at'])
      .select(['courses.ends_at', 'courses.cancel_reason'])
      .select(['course_plans.id as plan_id', 'course_plans.name as plan_name'])
      .select(['teachers.id as teacher_id', 'teachers.name as teacher_name'])
      .select(['facilities.id as room_id', 'facilities.name as room_name'])
      .select((eb) =>
        eb
          .selectFrom('course_seats')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .whereRef('course_seats.course_id', '=', 'courses.id')
          .as('taken'),
      )
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof coursesIn>['execute']>>[number];

function viewOf(row: Row): CourseView {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    plan: { id: row.plan_id, name: row.plan_name },
    teacher: { id: row.teacher_id, name: row.teacher_name },
    room: namedIfAny(row.room_id, row.room_name),
    capacity: row.capacity,
    freeSeats: Math.max(0, row.capacity - Number(row.taken)),
    price: Money.of(row.price_minor, row.currency),
    selfEnrolment: row.self_enrolment,
    offerHours: row.offer_hours,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    cancelReason: row.cancel_reason,
  };
}
