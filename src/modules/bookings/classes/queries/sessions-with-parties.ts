import type { EntityManager } from '@mikro-orm/mysql';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { FacilitySchema } from '../../../schools/index.js';
import type { ClassTables } from './tables.js';

/** The current school's class sessions, joined with their course, teacher and room. */
export function sessionsWithParties(em: EntityManager) {
  return schoolQuery<ClassTables & Tables<typeof FacilitySchema>>(em)
    .selectFrom('class_sessions')
    .innerJoin('courses', (on) =>
      on
        .onRef('courses.school_id', '=', 'class_sessions.school_id')
        .onRef('courses.id', '=', 'class_sessions.course_id'),
    )
    .innerJoin('teachers', (on) =>
      on
        .onRef('teachers.school_id', '=', 'class_sessions.school_id')
        .onRef('teachers.id', '=', 'class_sessions.teacher_id'),
    )
    .leftJoin('facilities', (on) =>
      on
        .onRef('facilities.school_id', '=', 'class_sessions.school_id')
        .onRef('facilities.id', '=', 'class_sessions.room_id'),
    );
}
