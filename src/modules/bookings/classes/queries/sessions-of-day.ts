import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { ClassOnDay, DayLeft } from '../../ports/classes-on-day.js';
import { comingStates } from '../domain/class-attendance.js';
import { sessionsWithParties } from './sessions-with-parties.js';
import type { ClassTables } from './tables.js';

/** The sessions that are to take place on a day, or on what is left of it. */
@Injectable()
export class SessionsOfDay {
  constructor(private readonly em: EntityManager) {}

  /** In order of time. */
  async of(day: DayLeft): Promise<ClassOnDay[]> {
    if (day.vehicleId !== null) return [];
    const rows = await this.sessions(day)
      .select(['class_sessions.topic', 'class_sessions.starts_at as startsAt', 'class_sessions.ends_at as endsAt'])
      .select(['class_sessions.id as sessionId', 'courses.id as courseId', 'courses.name as courseName'])
      .select(['teachers.id as teacherId', 'teachers.name as teacherName'])
      .orderBy('class_sessions.starts_at')
      .orderBy('class_sessions.id')
      .execute();
    const coming = await this.coming(rows.map(({ sessionId }) => sessionId));
    return rows.map(({ sessionId, topic, startsAt, endsAt, ...names }) => ({
      sessionId,
      topic,
      startsAt,
      endsAt,
      course: { id: names.courseId, name: names.courseName },
      teacher: { id: names.teacherId, name: names.teacherName },
      studentIds: coming.get(sessionId) ?? [],
    }));
  }

  async includes(day: DayLeft, sessionId: Id): Promise<boolean> {
    if (day.vehicleId !== null) return false;
    const found = this.sessions(day).select('class_sessions.id').where('class_sessions.id', '=', bin(sessionId));
    return (await found.executeTakeFirst()) !== undefined;
  }

  private sessions({ range, teacherId, locationId }: DayLeft) {
    return sessionsWithParties(this.em)
      .modifyFront(sql`straight_join`)
      .where('class_sessions.state', '=', 'planned')
      .where('class_sessions.starts_at', '>=', range.start)
      .where('class_sessions.starts_at', '<', range.end)
      .$if(teacherId !== null, (query) => query.where('class_sessions.teacher_id', '=', bin(teacherId!)))
      .$if(locationId !== null, (query) => query.where('facilities.location_id', '=', bin(locationId!)));
  }

  private async coming(sessionIds: readonly Id[]): Promise<Map<Id, Id[]>> {
    if (sessionIds.length === 0) return new Map();
    const rows = await schoolQuery<ClassTables>(this.em)
      .selectFrom('class_attendances')
      .select(['session_id as sessionId', 'student_id as studentId'])
      .where('session_id', 'in', bins(sessionIds))
      .where('state', 'in', comingStates)
      .execute();
    const bySession = Map.groupBy(rows, ({ sessionId }): Id => sessionId);
    return new Map([...bySession].map(([id, found]) => [id, found.map(({ studentId }) => studentId)]));
  }
}
