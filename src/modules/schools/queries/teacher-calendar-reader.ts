import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { TeacherCalendarNotFound } from '../domain/school-problems.js';
import { isStale, type TeacherCalendarSchema } from '../domain/teacher-calendar.js';
import type { CalendarProblem } from '../ports/private-calendars.js';
import { Scheduling } from './scheduling.js';

/** Never the address: it is a secret. */
export interface TeacherCalendarView {
  readonly id: Id;
  readonly name: string;
  readonly host: string;
  readonly fetchedAt: Date | null;
  readonly nextFetchAt: Date;
  readonly busyBlocks: number;
  readonly problem: CalendarProblem | null;
  readonly stale: boolean;
}

/** The calendars that a teacher keeps elsewhere, for himself and the office. */
@Injectable()
export class TeacherCalendarReader {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** In the order in which they were added. @throws TeacherNotFound, NotYourSchedule */
  async list(actor: Actor, teacherId: Id): Promise<TeacherCalendarView[]> {
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    const rows = await this.of(teacherId).orderBy('id').execute();
    return rows.map((row) => this.view(row));
  }

  /** @throws TeacherCalendarNotFound */
  async get(teacherId: Id, id: Id): Promise<TeacherCalendarView> {
    const row = await this.of(teacherId).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new TeacherCalendarNotFound();
    return this.view(row);
  }

  private view({ createdAt, ...row }: Omit<TeacherCalendarView, 'stale'> & { createdAt: Date }): TeacherCalendarView {
    return { ...row, stale: isStale({ fetchedAt: row.fetchedAt, createdAt }, this.clock.now()) };
  }

  private of(teacherId: Id) {
    return schoolQuery<Tables<typeof TeacherCalendarSchema>>(this.em)
      .selectFrom('teacher_calendars')
      .select(['id', 'name', 'host', 'fetched_at as fetchedAt', 'next_fetch_at as nextFetchAt'])
      .select(['busy_blocks as busyBlocks', 'problem', 'created_at as createdAt'])
      .where('teacher_id', '=', bin(teacherId));
  }
}
