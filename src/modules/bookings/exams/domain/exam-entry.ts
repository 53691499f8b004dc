import { type CalendarEntry, type EntryReader, initialsOf } from '../../ports/calendar-entries.js';
import type { ExamForMessage } from '../queries/exams-for-messages.js';

type Names = 'studentName' | 'teacherName' | 'vehicle' | 'place';
type Exam = Pick<
  ExamForMessage,
  'id' | 'state' | 'kind' | 'licenceClass' | 'version' | 'changedAt' | 'startsAt' | 'endsAt' | Names
>;

const words = {
  da: { theory: 'Teoriprøve', practical: 'Køreprøve', teacher: 'Kørelærer', student: 'Elev', vehicle: 'Køretøj' },
  en: { theory: 'Theory test', practical: 'Driving test', teacher: 'Teacher', student: 'Student', vehicle: 'Vehicle' },
};

/** An exam in somebody's calendar. */
export function examEntry(exam: Exam, { owner, language, fullNames }: EntryReader): CalendarEntry {
  const told = words[language];
  const student = fullNames ? exam.studentName : initialsOf(exam.studentName);
  const others = owner.kind === 'student' ? [] : [student];
  return {
    uid: exam.id,
    sequence: exam.version - 1,
    changedAt: exam.changedAt,
    startsAt: exam.startsAt,
    endsAt: exam.endsAt,
    state: exam.state === 'cancelled' ? 'cancelled' : 'confirmed',
    title: [`${told[exam.kind]} ${exam.licenceClass}`, ...others].join(' · '),
    details: [
      ...(exam.teacherName ? [`${told.teacher}: ${exam.teacherName}`] : []),
      ...others.map((name) => `${told.student}: ${name}`),
      ...(exam.vehicle ? [`${told.vehicle}: ${exam.vehicle}`] : []),
    ],
    place: exam.place,
  };
}
