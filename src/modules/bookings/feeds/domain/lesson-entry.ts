import type { BookingState } from '../../domain/booking-state.js';
import { type CalendarEntry, type EntryReader, initialsOf } from '../../ports/calendar-entries.js';
import type { BookingForMessage } from '../../queries/booking-reader.js';

type Names = 'lessonTypeName' | 'studentName' | 'teacherName' | 'vehicle';
type Lesson = Pick<BookingForMessage, 'id' | 'state' | 'version' | 'changedAt' | 'startsAt' | 'endsAt' | Names>;

const words = {
  da: { teacher: 'Kørelærer', student: 'Elev', vehicle: 'Køretøj' },
  en: { teacher: 'Teacher', student: 'Student', vehicle: 'Vehicle' },
};

const states: Partial<Record<BookingState, CalendarEntry['state']>> = { held: 'tentative', cancelled: 'cancelled' };

/** A lesson in somebody's calendar. */
export function lessonEntry(lesson: Lesson, { owner, language, fullNames }: EntryReader): CalendarEntry {
  const { id, version, changedAt, startsAt, endsAt, lessonTypeName, teacherName: teacher, vehicle } = lesson;
  const student = fullNames ? lesson.studentName : initialsOf(lesson.studentName);
  const others = { teacher: [student], student: [teacher], vehicle: [teacher, student], school: [teacher, student] };
  const told = words[language];
  return {
    uid: id,
    sequence: version - 1,
    changedAt,
    startsAt,
    endsAt,
    state: states[lesson.state] ?? 'confirmed',
    title: [lessonTypeName, ...others[owner.kind]].join(' · '),
    details: [
      `${told.teacher}: ${teacher}`,
      ...(owner.kind === 'student' ? [] : [`${told.student}: ${student}`]),
      ...(vehicle ? [`${told.vehicle}: ${vehicle}`] : []),
    ],
    place: null,
  };
}
