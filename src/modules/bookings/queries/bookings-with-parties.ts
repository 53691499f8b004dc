import type { EntityManager } from '@mikro-orm/mysql';
import { schoolQuery } from '../../../platform/database/query.js';
import type { DiaryTables } from './tables.js';

/** The current school's bookings, joined with everybody and everything they name. */
export function bookingsWithParties(em: EntityManager) {
  return schoolQuery<DiaryTables>(em)
    .selectFrom('bookings')
    .innerJoin('students', (on) =>
      on.onRef('students.school_id', '=', 'bookings.school_id').onRef('students.id', '=', 'bookings.student_id'),
    )
    .innerJoin('teachers', (on) =>
      on.onRef('teachers.school_id', '=', 'bookings.school_id').onRef('teachers.id', '=', 'bookings.teacher_id'),
    )
    .innerJoin('lesson_types', (on) =>
      on
        .onRef('lesson_types.school_id', '=', 'bookings.school_id')
        .onRef('lesson_types.id', '=', 'bookings.lesson_type_id'),
    )
    .leftJoin('vehicles', (on) =>
      on.onRef('vehicles.school_id', '=', 'bookings.school_id').onRef('vehicles.id', '=', 'bookings.vehicle_id'),
    )
    .leftJoin('vehicles as trailers', (on) =>
      on.onRef('trailers.school_id', '=', 'bookings.school_id').onRef('trailers.id', '=', 'bookings.trailer_id'),
    )
    .leftJoin('facilities', (on) =>
      on.onRef('facilities.school_id', '=', 'bookings.school_id').onRef('facilities.id', '=', 'bookings.facility_id'),
    )
    .leftJoin('locations', (on) =>
      on.onRef('locations.school_id', '=', 'bookings.school_id').onRef('locations.id', '=', 'bookings.location_id'),
    );
}
