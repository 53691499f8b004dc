import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byInstant, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import type { Named } from '../../domain/diary-item.js';
import { namedIfAny } from '../../domain/diary-item.js';
import { comingStates } from '../domain/class-attendance.js';
import type { ClassSessionState } from '../domain/class-session.js';
import { ClassNotFound } from '../domain/course-problems.js';
import { sessionsWithParties } from './sessions-with-parties.js';

export interface ClassSessionView {
  readonly id: Id;
  readonly course: Named;
  readonly number: number;
  readonly topic: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacher: Named;
  readonly room: Named | null;
  readonly state: ClassSessionState;
  readonly cancelReason: string | null;
  /** For guests who catch up: those of the course who are excused leave theirs. */
  readonly freeSeats: number;
}

export const classList = new List({
  id: 'class_sessions.id',
  sorts: { startsAt: byInstant('class_sessions.starts_at') },
  defaultSort: 'startsAt',
  filters: {
    courseId: isIdOf('class_sessions.course_id'),
    teacherId: isIdOf('class_sessions.teacher_id'),
    state: is<ClassSessionState>('class_sessions.state'),
  },
});

export type ClassesAsked = Asked<typeof classList>;

const MOST_CATCH_UPS = 50;

/** Sessions of courses, as whoever asks may know of them; nothing in them tells who else comes. */
@Injectable()
export class ClassSessionReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Those that start in the range; all when there is none. */
  async list(actor: Actor, range: TimeRange | null, asked: ClassesAsked): Promise<Page<ClassSessionView>> {
    const sessions = this.visibleTo(actor).$if(range !== null, (query) =>
      query.where('class_sessions.starts_at', '>=', range!.start).where('class_sessions.starts_at', '<', range!.end),
    );
    return mapPage(await classList.page(sessions, asked), viewOf);
  }

  /** @throws ClassNotFound */
  async get(actor: Actor, id: Id): Promise<ClassSessionView> {
    const row = await this.visibleTo(actor).where('class_sessions.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new ClassNotFound();
    return viewOf(row);
  }

  /** Sessions to come of the same topic in other courses that still have a seat, soonest first. */
  async sameTopic(actor: Actor, sessionId: Id): Promise<ClassSessionView[]> {
    const { topic, course } = await this.get(actor, sessionId);
    const rows = await this.visibleTo(actor)
      .where('class_sessions.topic', '=', topic)
      .where('class_sessions.course_id', '!=', bin(course.id))
      .where('class_sessions.state', '=', 'planned')
      .where('courses.state', 'in', ['open', 'closed'])
      .where('class_sessions.starts_at', '>', this.clock.now())
      .orderBy('class_sessions.starts_at')
      .limit(MOST_CATCH_UPS)
      .execute();
    return rows.map(viewOf).filter(({ freeSeats }) => freeSeats > 0);
  }

  private visibleTo({ isStaff }: Actor) {
    const sessions = sessionsIn(this.em);
    return isStaff ? sessions : sessions.where('courses.state', '!=', 'draft');
  }
}

function sessionsIn(em: EntityManager) {
  return (
    sessionsWithParties(em)
      // Sessions first, in the order of their index.
      .modifyFront(sql`straight_join`)
      .select(['class_sessions.id', 'class_sessions.number', 'class_sessions.topic', 'class_sessions.starts_at'])
      .select(['class_sessions.ends_at', 'class_sessions.state', 'class_sessions.cancel_reason'])
      .select(['courses.id as course_id', 'courses.name as course_name', 'courses.capacity'])
      .select(['teachers.id as teacher_id', 'teachers.name as teacher_name'])
      .select(['facilities.id as room_id', 'facilities.name as room_name'])
      .select((eb) =>
        eb
          .selectFrom('class_attendances')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .whereRef('class_attendances.session_id', '=', 'class_sessions.id')
          .where('class_attendances.state', 'in', comingStates)
          .as('coming'),
      )
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof sessionsIn>['execute']>>[number];

function viewOf(row: Row): ClassSessionView {
  return {
    id: row.id,
    course: { id: row.course_id, name: row.course_name },
    number: row.number,
    topic: row.topic,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    teacher: { id: row.teacher_id, name: row.teacher_name },
    room: namedIfAny(row.room_id, row.room_name),
    state: row.state,
    cancelReason: row.cancel_reason,
    freeSeats: row.state === 'planned' ? Math.max(0, row.capacity - Number(row.coming)) : 0,
  };
}
