import { Conflict, Forbidden, Unprocessable, type Texts } from '../../../platform/http/problem.js';
import type { LessonLimit } from './booking-rule.js';

/** 422 `booking.notice_too_short`: lessons of the type are booked earlier than that. */
export class NoticeTooShort extends Unprocessable {
  constructor(noticeMinutes: number, earliest: Date) {
    const words = lengthOf(noticeMinutes);
    super(
      'booking.notice_too_short',
      {
        en: `This lesson is booked at least ${words.en} before. Choose a later time, or ask the school.`,
        da: `Denne lektion bookes mindst ${words.da} før. Vælg et senere tidspunkt, eller spørg køreskolen.`,
      },
      { field: 'startsAt', extra: { rule: 'notice', limit: noticeMinutes, earliestStart: earliest.toISOString() } },
    );
  }
}

/** 422 `booking.beyond_horizon`: lessons of the type are not booked so far ahead. */
export class BeyondHorizon extends Unprocessable {
  constructor(horizonDays: number, latest: Date) {
    super(
      'booking.beyond_horizon',
      {
        en: `This lesson is booked at most ${horizonDays} days ahead. Choose an earlier time, or ask the school.`,
        da: `Denne lektion bookes højst ${horizonDays} dage frem. Vælg et tidligere tidspunkt, eller spørg køreskolen.`,
      },
      { field: 'startsAt', extra: { rule: 'horizon', limit: horizonDays, latestStart: latest.toISOString() } },
    );
  }
}

/** 409 `booking.not_open`: the school has not opened booking for this student, or closed it. */
export class BookingNotOpen extends Conflict {
  constructor(openUntil: string | null) {
    super(
      'booking.not_open',
      {
        en: 'Booking is not open for this student. The office can open it, or book the lesson.',
        da: 'Der er ikke åbent for booking for denne elev. Kontoret kan åbne for det eller booke lektionen.',
      },
      { extra: { rule: 'opening', openUntil } },
    );
  }
}

/** 409 `booking.student_in_arrears`: more is overdue than the school allows. How much is for the office and the student's own account to say. */
export class StudentInArrears extends Conflict {
  constructor() {
    super(
      'booking.student_in_arrears',
      {
        en: 'There are overdue invoices. Pay them, and book again.',
        da: 'Der er forfaldne fakturaer. Betal dem, og book igen.',
      },
      { extra: { rule: 'arrears' } },
    );
  }
}

/** 409 `booking.theory_missing`: lessons of the type are for those who have done so much of the theory. */
export class TheoryMissing extends Conflict {
  constructor(wanted: number, done: number) {
    super(
      'booking.theory_missing',
      {
        en: `This lesson is for those who have done ${wanted} % of the theory. Go on with the theory, and book then.`,
        da: `Denne lektion er for dem, der har gennemført ${wanted} % af teorien. Fortsæt med teorien, og book derefter.`,
      },
      { extra: { rule: 'theory', limit: wanted, done } },
    );
  }
}

const limitTexts = {
  day_limit: (most: number): Texts => ({
    en: `A student has at most ${counted(most, 'lesson', 'lessons')} of these on one day, and that day is full. Choose another day, or ask the school.`,
    da: `En elev har højst ${counted(most, 'lektion', 'lektioner')} af disse på en dag, og den dag er fuld. Vælg en anden dag, eller spørg køreskolen.`,
  }),
  week_limit: (most: number): Texts => ({
    en: `A student has at most ${counted(most, 'lesson', 'lessons')} of these in one week, and that week is full. Choose another week, or ask the school.`,
    da: `En elev har højst ${counted(most, 'lektion', 'lektioner')} af disse på en uge, og den uge er fuld. Vælg en anden uge, eller spørg køreskolen.`,
  }),
};

/** 409 `booking.too_many_lessons`: the student's day or week is full, of lessons of the type or of all of them. */
export class TooManyLessons extends Conflict {
  constructor({ rule, most, scope }: LessonLimit) {
    super('booking.too_many_lessons', limitTexts[rule](most), {
      field: 'startsAt',
      extra: { rule, limit: most, scope },
    });
  }
}

/** 403 `booking.override_not_allowed`: the school's staff alone book against its rules. */
export class OverrideNotAllowed extends Forbidden {
  constructor() {
    super(
      'booking.override_not_allowed',
      {
        en: 'Only the school’s staff may book against its rules. Leave out `override`.',
        da: 'Kun skolens personale må booke imod dens regler. Udelad `override`.',
      },
      { field: 'override' },
    );
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "24 hours", "90 minutes". */
function lengthOf(minutes: number): Texts {
  if (minutes % 60 !== 0)
    return { en: counted(minutes, 'minute', 'minutes'), da: counted(minutes, 'minut', 'minutter') };
  return { en: counted(minutes / 60, 'hour', 'hours'), da: counted(minutes / 60, 'time', 'timer') };
}
