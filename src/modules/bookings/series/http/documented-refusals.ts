import { Money } from '../../../../platform/values/money.js';
import { LessonTypeNotFound } from '../../../schools/index.js';
import { StudentNotFound } from '../../../students/index.js';
import {
  BookingChanged,
  FeeChanged,
  StaffBooksThis,
  StudentMayNotBook,
  StudentRequired,
  UnknownReference,
} from '../../domain/errors.js';
import { BookingNotOpen, OverrideNotAllowed, StudentInArrears, TheoryMissing } from '../../domain/rule-errors.js';
import { PaidInAdvance, SomeLessonsRefused } from '../domain/series-problems.js';

/** Refusals as the document shows them. */
export const changed = new BookingChanged(undefined);
export const unknown = new UnknownReference('teacherId');
export const feeChanged = new FeeChanged(Money.of(30_000));

export const someRefused = new SomeLessonsRefused([
  {
    bookingId: null,
    startsAt: new Date('2026-12-24T14:00:00Z'),
    refusal: { code: 'booking.slot_taken', busy: ['teacher'], alternatives: [] },
  },
]);

/** What has nothing to do with the times that are asked for. */
export const whoMayBook = [
  LessonTypeNotFound,
  StudentNotFound,
  StudentRequired,
  StaffBooksThis,
  StudentMayNotBook,
  new BookingNotOpen(null),
  StudentInArrears,
  new TheoryMissing(50, 25),
  OverrideNotAllowed,
  PaidInAdvance,
  unknown,
];
