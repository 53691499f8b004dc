import { addDays, atLocal, eachDate, weekdayOf, type LocalDate } from '../platform/values/zone.js';

export type LessonEnding = 'given' | 'missed' | 'cancelled' | 'cancelled_late';

/** One lesson of the demo diary; the numbers are places in the demo's lists. */
export interface DemoLesson {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacher: number;
  readonly student: number;
  readonly lessonType: number;
  readonly ending: LessonEnding;
}

const teachers = 3;
const activeStudents = 36;
const times = ['08:00', '10:00', '12:30', '14:30'];
const single = { lessonType: 0, minutes: 45 };
const double = { lessonType: 1, minutes: 90 };

/** Six weeks of lessons around today, the same for the same day: every teacher has some free time every day. */
export function demoLessons(today: LocalDate, zone: string): DemoLesson[] {
  const workdays = eachDate(addDays(today, -21), addDays(today, 20)).filter((date) => weekdayOf(date) <= 5);
  const starts = workdays.flatMap((date) => times.map((time) => atLocal(date, time, zone)));
  const places = starts.flatMap((startsAt, slot) =>
    Array.from({ length: teachers }, (_, teacher) => ({ startsAt, teacher, isFree: (slot + teacher * 2) % 5 === 4 })),
  );
  // Students take turns, so nobody is in two places at once.
  return places
    .filter(({ isFree }) => !isFree)
    .map(({ startsAt, teacher }, number) => lesson(number, startsAt, teacher));
}

function lesson(number: number, startsAt: Date, teacher: number): DemoLesson {
  const { lessonType, minutes } = number % 6 === 2 ? double : single;
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  return { startsAt, endsAt, teacher, student: number % activeStudents, lessonType, ending: endingOf(number) };
}

function endingOf(number: number): LessonEnding {
  if (number % 19 === 5) return 'cancelled';
  if (number % 29 === 11) return 'cancelled_late';
  return number % 31 === 13 ? 'missed' : 'given';
}
