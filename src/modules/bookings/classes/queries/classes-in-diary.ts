import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { FacilitySchema, LocationSchema } from '../../../schools/index.js';
import { type DiaryAsked, type DiaryItem, namedIfAny } from '../../domain/diary-item.js';
import { ShowsInDiary } from '../../ports/shows-in-diary.js';
import type { ClassTables } from './tables.js';

const DAY = 86_400_000;

/** The sessions of courses that a diary shows. */
@Injectable()
export class ClassesInDiary {
  constructor(private readonly em: EntityManager) {}

  @ShowsInDiary('class_session')
  async items({ range, teacherId, vehicleId }: DiaryAsked): Promise<DiaryItem[]> {
    if (vehicleId !== undefined) return [];
    const rows = await schoolQuery<ClassTables & Tables<typeof FacilitySchema | typeof LocationSchema>>(this.em)
      .selectFrom('class_sessions')
      .modifyFront(sql`straight_join`)
      .innerJoin('teachers', (on) =>
        on
          .onRef('teachers.school_id', '=', 'class_sessions.school_id')
          .onRef('teachers.id', '=', 'class_sessions.teacher_id'),
      )
      .leftJoin('facilities', (on) =>
        on
          .onRef('facilities.school_id', '=', 'class_sessions.school_id')
          .onRef('facilities.id', '=', 'class_sessions.room_id'),
      )
      .leftJoin('locations', (on) =>
        on
          .onRef('locations.school_id', '=', 'facilities.school_id')
          .onRef('locations.id', '=', 'facilities.location_id'),
      )
      .select(['class_sessions.id', 'class_sessions.state', 'class_sessions.topic as title'])
      .select(['class_sessions.starts_at as startsAt', 'class_sessions.ends_at as endsAt'])
      .select(['teachers.id as teacherId', 'teachers.name as teacherName'])
      .select(['facilities.id as roomId', 'facilities.name as roomName'])
      .select(['locations.id as locationId', 'locations.name as locationName'])
      // A class lasts eight hours at most, and the index knows its start.
      .where('class_sessions.starts_at', '>', new Date(range.start.getTime() - DAY))
      .where('class_sessions.starts_at', '<', range.end)
      .where('class_sessions.ends_at', '>', range.start)
      .where('class_sessions.state', '=', 'planned')
      .$if(teacherId !== undefined, (query) => query.where('class_sessions.teacher_id', '=', bin(teacherId!)))
      .orderBy('class_sessions.starts_at')
      .orderBy('class_sessions.id')
      .execute();
    return rows.map(({ id, state, title, startsAt, endsAt, ...row }) => ({
      kind: 'class_session',
      id,
      state,
      title,
      startsAt,
      endsAt,
      setupMinutes: 0,
      bufferMinutes: 0,
      student: null,
      teacher: { id: row.teacherId, name: row.teacherName },
      vehicle: null,
      trailer: null,
      facility: namedIfAny(row.roomId, row.roomName),
      location: namedIfAny(row.locationId, row.locationName),
    }));
  }
}
