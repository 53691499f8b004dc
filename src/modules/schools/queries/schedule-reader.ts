import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../platform/auth/actor.js';
import { cursorId } from '../../../platform/database/by-name.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { decodeCursor, madeUpCursor, pageOf, type Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { TimeOffSchema } from '../domain/time-off.js';
import { WorkingHoursSchema, type WeeklyHours } from '../domain/working-hours.js';
import { Scheduling } from './scheduling.js';

export interface WorkingHoursView extends WeeklyHours {
  readonly validFrom: string;
  readonly validUntil: string | null;
}

export interface TimeOffView {
  readonly id: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string | null;
}

export interface TimeOffQuery {
  readonly limit: number;
  readonly cursor?: string;
  /** Leaves out what ended before; now when missing. */
  readonly from?: Date;
}

/** One teacher's schedule as staff see it: the office everybody's, a teacher his own. */
@Injectable()
export class ScheduleReader {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** The hours that count today or later. @throws TeacherNotFound, NotYourSchedule */
  async workingHours(actor: Actor, teacherId: Id): Promise<WorkingHoursView[]> {
    await this.checkMayRead(actor, teacherId);
    const { zone } = await this.scheduling.school();
    return schoolQuery<Tables<typeof WorkingHoursSchema>>(this.em)
      .selectFrom('working_hours')
      .select(['weekday', 'starts', 'ends', 'valid_from as validFrom', 'valid_until as validUntil'])
      .where('teacher_id', '=', bin(teacherId))
      .where((where) =>
        where.or([where('valid_until', 'is', null), where('valid_until', '>', localDate(this.clock.now(), zone))]),
      )
      .orderBy('valid_from')
      .orderBy('weekday')
      .orderBy('starts')
      .execute();
  }

  /** Time off that is not over, soonest first. @throws TeacherNotFound, NotYourSchedule */
  async timeOff(actor: Actor, teacherId: Id, { limit, cursor, from }: TimeOffQuery): Promise<Page<TimeOffView>> {
    await this.checkMayRead(actor, teacherId);
    const after = decodeCursor(cursor, { startsAt: 'number', id: 'string' });
    let query = schoolQuery<Tables<typeof TimeOffSchema>>(this.em)
      .selectFrom('time_off')
      .select(['id', 'starts_at as startsAt', 'ends_at as endsAt', 'reason'])
      .where('teacher_id', '=', bin(teacherId))
      .where('ends_at', '>', from ?? this.clock.now());
    if (after) {
      const startsAt = new Date(after.startsAt);
      if (Number.isNaN(startsAt.getTime())) throw madeUpCursor();
      query = query
        .where('starts_at', '>=', startsAt)
        .where(sql<boolean>`(starts_at > ${startsAt} or id > ${cursorId(after.id)})`);
    }
    const rows = await query
      .orderBy('starts_at')
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    return pageOf(rows, limit, (row) => ({ startsAt: row.startsAt.getTime(), id: row.id }));
  }

  private async checkMayRead(actor: Actor, teacherId: Id): Promise<void> {
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
  }
}
