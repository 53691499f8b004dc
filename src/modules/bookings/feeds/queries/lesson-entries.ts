import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bookingsWithParties } from '../../queries/bookings-with-parties.js';
import { occupyingStates } from '../../domain/booking-state.js';
import { type CalendarAsked, type CalendarEntry, ListsCalendarEntries } from '../../ports/calendar-entries.js';
import { ofOwner } from '../../queries/of-owner.js';
import { lessonEntry } from '../domain/lesson-entry.js';

const columns = {
  teacher: 'bookings.teacher_id',
  student: 'bookings.student_id',
  vehicle: 'bookings.vehicle_id',
} as const;

/** Lessons in calendars. */
@Injectable()
export class LessonEntries {
  constructor(private readonly em: EntityManager) {}

  @ListsCalendarEntries('lessons')
  async list(asked: CalendarAsked): Promise<CalendarEntry[]> {
    const lessons = await lessonsOf(this.em, asked);
    return lessons.map((lesson) => lessonEntry(lesson, asked));
  }
}

function lessonsOf(em: EntityManager, { owner, range, cancelledSince, limit }: CalendarAsked) {
  return (
    bookingsWithParties(em)
      // As in the diary: bookings first, in the order of their index.
      .modifyFront(sql`straight_join`)
      .select(['bookings.id', 'bookings.state', 'bookings.version', 'bookings.changed_at as changedAt'])
      .select(['bookings.starts_at as startsAt', 'bookings.ends_at as endsAt', 'lesson_types.name as lessonTypeName'])
      .select(['students.name as studentName', 'teachers.name as teacherName', 'vehicles.name as vehicle'])
      .where('bookings.starts_at', '>=', range.start)
      .where('bookings.starts_at', '<', range.end)
      .where((row) =>
        row.or([row('bookings.state', 'in', occupyingStates), row('bookings.cancelled_at', '>=', cancelledSince)]),
      )
      .where(ofOwner(owner, columns))
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .limit(limit)
      .execute()
  );
}
