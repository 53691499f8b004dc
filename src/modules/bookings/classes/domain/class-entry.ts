import type { CalendarEntry, EntryReader } from '../../ports/calendar-entries.js';
import type { ClassForMessage } from '../queries/class-reader.js';

type Names = 'courseName' | 'topic' | 'teacherName' | 'room';
type Session = Pick<ClassForMessage, 'id' | 'state' | 'version' | 'changedAt' | 'startsAt' | 'endsAt' | Names>;

const words = { da: { course: 'Hold', teacher: 'Lærer' }, en: { course: 'Course', teacher: 'Teacher' } };

/** A class in somebody's calendar. */
export function classEntry(session: Session, { owner, language }: EntryReader): CalendarEntry {
  const { id, version, changedAt, startsAt, endsAt, topic, courseName, teacherName, room } = session;
  const told = words[language];
  return {
    uid: id,
    sequence: version - 1,
    changedAt,
    startsAt,
    endsAt,
    state: session.state === 'cancelled' ? 'cancelled' : 'confirmed',
    title: owner.kind === 'school' ? `${topic} · ${teacherName}` : topic,
    details: [`${told.course}: ${courseName}`, `${told.teacher}: ${teacherName}`],
    place: room,
  };
}
