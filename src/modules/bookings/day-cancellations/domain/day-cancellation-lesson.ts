import { defineEntity } from '@mikro-orm/core';
import { code, id, schoolScoped } from '../../../../platform/database/columns.js';

/** `skipped`: by the time its turn came it was cancelled, moved away or begun. */
export const dayLessonStates = ['pending', 'cancelled', 'skipped'] as const;
export type DayLessonState = (typeof dayLessonStates)[number];

/** A lesson of a day that is cancelled: what the job has still to do, and has done. */
export const DayCancellationLessonSchema = defineEntity({
  name: 'DayCancellationLesson',
  tableName: 'day_cancellation_lessons',
  ...schoolScoped,
  indexes: [
    { name: 'day_cancellation_lessons_state', properties: ['schoolId', 'cancellationId', 'state', 'studentId'] },
    { name: 'day_cancellation_lessons_booking', properties: ['schoolId', 'bookingId'] },
    { name: 'day_cancellation_lessons_student', properties: ['schoolId', 'studentId'] },
  ],
  properties: {
    schoolId: id().primary(),
    cancellationId: id().primary(),
    bookingId: id().primary(),
    studentId: id(),
    state: code<DayLessonState>(),
  },
});
