import { defineEntity } from '@mikro-orm/core';
import { code, id, schoolScoped } from '../../../../platform/database/columns.js';
import type { DayLessonState } from './day-cancellation-lesson.js';

/** A theory class of a day that is cancelled: what the job has still to do, and has done. */
export const DayCancellationClassSchema = defineEntity({
  name: 'DayCancellationClass',
  tableName: 'day_cancellation_classes',
  ...schoolScoped,
  indexes: [
    { name: 'day_cancellation_classes_state', properties: ['schoolId', 'cancellationId', 'state', 'sessionId'] },
    { name: 'day_cancellation_classes_session', properties: ['schoolId', 'sessionId'] },
  ],
  properties: {
    schoolId: id().primary(),
    cancellationId: id().primary(),
    sessionId: id().primary(),
    state: code<DayLessonState>(),
  },
});
