import {
  BeyondHorizon,
  BookingNotOpen,
  NoticeTooShort,
  OverrideNotAllowed,
  StudentInArrears,
  TheoryMissing,
  TooManyLessons,
} from '../domain/rule-errors.js';

const someDay = new Date('2026-12-01T08:00:00Z');

/** What a lesson at another time may be refused for by the school's rules. */
export const movedAgainstRules = [
  new NoticeTooShort(24 * 60, someDay),
  new BeyondHorizon(60, someDay),
  new TooManyLessons({ rule: 'day_limit', scope: 'lesson_type', most: 2 }),
  OverrideNotAllowed,
];

/** And what a new one may be. */
export const bookedAgainstRules = [
  ...movedAgainstRules,
  new BookingNotOpen(null),
  StudentInArrears,
  new TheoryMissing(50, 25),
];
