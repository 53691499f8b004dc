import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin } from '../../../platform/database/query.js';
import { occupyingStates } from '../domain/booking-state.js';
import { namedIfAny, type DiaryAsked, type DiaryItem } from '../domain/diary-item.js';
import { ShowsInDiary } from '../ports/shows-in-diary.js';
import { bookingsWithParties } from './bookings-with-parties.js';

const DAY = 86_400_000;

/** The lessons that a diary shows. */
@Injectable()
export class LessonsInDiary {
  constructor(private readonly em: EntityManager) {}

  @ShowsInDiary('lesson')
  async items({ range, teacherId, vehicleId }: DiaryAsked): Promise<DiaryItem[]> {
    const rows = await bookingsWithParties(this.em)
      .modifyFront(sql`straight_join`)
      .select(['bookings.id', 'bookings.state', 'lesson_types.name as title'])
      .select(['bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select(['bookings.setup_minutes as setupMinutes', 'bookings.buffer_minutes as bufferMinutes'])
      .select(['students.id as studentId', 'students.name as studentName'])
      .select(['teachers.id as teacherId', 'teachers.name as teacherName'])
      .select(['vehicles.id as vehicleId', 'vehicles.name as vehicleName'])
      .select(['trailers.id as trailerId', 'trailers.name as trailerName'])
      .select(['facilities.id as facilityId', 'facilities.name as facilityName'])
      .select(['locations.id as locationId', 'locations.name as locationName'])
      // A lesson lasts eight hours at most, and the index knows its start.
      .where('bookings.starts_at', '>', new Date(range.start.getTime() - DAY))
      .where('bookings.starts_at', '<', range.end)
      .where('bookings.ends_at', '>', range.start)
      .where('bookings.state', 'in', occupyingStates)
      .$if(teacherId !== undefined, (query) => query.where('bookings.teacher_id', '=', bin(teacherId!)))
      .$if(vehicleId !== undefined, (query) =>
        query.where((eb) =>
          eb.or([eb('bookings.vehicle_id', '=', bin(vehicleId!)), eb('bookings.trailer_id', '=', bin(vehicleId!))]),
        ),
      )
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .execute();
    return rows.map(({ studentId, studentName, teacherId: teacher, teacherName, ...row }) => ({
      kind: 'lesson',
      id: row.id,
      state: row.state,
      title: row.title,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      setupMinutes: row.setupMinutes,
      bufferMinutes: row.bufferMinutes,
      student: { id: studentId, name: studentName },
      teacher: { id: teacher, name: teacherName },
      vehicle: namedIfAny(row.vehicleId, row.vehicleName),
      trailer: namedIfAny(row.trailerId, row.trailerName),
      facility: namedIfAny(row.facilityId, row.facilityName),
      location: namedIfAny(row.locationId, row.locationName),
    }));
  }
}
