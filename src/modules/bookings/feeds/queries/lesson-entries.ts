import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bookingsWithParties } from '../../queries/bookings-with-parties.js';
import { type BookingState, occupyingStates } from '../../domain/booking-state.js';
import {
  type CalendarAsked,
  type CalendarEntry,
  initialsOf,
  ListsCalendarEntries,
} from '../../ports/calendar-entries.js';
import { ofOwner } from '../../queries/of-owner.js';

const columns = {
  teacher: 'bookings.teacher_id',
  student: 'bookings.student_id',
  vehicle: 'bookings.vehicle_id',
} as const;

const words = {
  da: { teacher: 'Kørelærer', student: 'Elev', vehicle: 'Køretøj' },
  en: { teacher: 'Teacher', student: 'Student', vehicle: 'Vehicle' },
};

const states: Partial<Record<BookingState, CalendarEntry['state']>> = { held: 'tentative', cancelled: 'cancelled' };

/** Lessons in calendars. */
@Injectable()
export class LessonEntries {
  constructor(private readonly em: EntityManager) {}

  @ListsCalendarEntries('lessons')
  async list(asked: CalendarAsked): Promise<CalendarEntry[]> {
    const lessons = await lessonsOf(this.em, asked);
    return lessons.map((lesson) => entryOf(lesson, asked));
  }
}

function lessonsOf(em: EntityManager, { owner, range, cancelledSince, limit }: CalendarAsked) {
  return (
    bookingsWithParties(em)
      // As in the diary: bookings first, in the order of their index.
      .modifyFront(sql`straight_join`)
      .select(['bookings.id', 'bookings.state', 'bookings.version', 'bookings.changed_at as changedAt'])
      .select(['bookings.starts_at as startsAt', 'bookings.ends_at as endsAt', 'lesson_types.name as lessonType'])
      .select(['students.name as student', 'teachers.name as teacher', 'vehicles.name as vehicle'])
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

type Lesson = Awaited<ReturnType<typeof lessonsOf>>[number];

function entryOf(lesson: Lesson, { owner, language, fullNames }: CalendarAsked): CalendarEntry {
  const { id, version, changedAt, startsAt, endsAt, lessonType, teacher, vehicle } = lesson;
  const student = fullNames ? lesson.student : initialsOf(lesson.student);
  const others = { teacher: [student], student: [teacher], vehicle: [teacher, student], school: [teacher, student] };
  const told = words[language];
  return {
    uid: id,
    sequence: version - 1,
    changedAt,
    startsAt,
    endsAt,
    state: states[lesson.state] ?? 'confirmed',
    title: [lessonType, ...others[owner.kind]].join(' · '),
    details: [
      `${told.teacher}: ${teacher}`,
      ...(owner.kind === 'student' ? [] : [`${told.student}: ${student}`]),
      ...(vehicle ? [`${told.vehicle}: ${vehicle}`] : []),
    ],
    place: null,
  };
}
