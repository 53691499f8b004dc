import { defineEntity } from '@mikro-orm/core';
import { instant, text } from '../database/columns.js';

export const ScheduleSchema = defineEntity({
  name: 'Schedule',
  tableName: 'schedules',
  properties: {
    name: text(100).primary(),
    nextRunAt: instant(),
    lastStartedAt: instant().nullable(),
    lastFinishedAt: instant().nullable(),
    lastError: text(500).nullable(),
  },
});

export const schedulesEntities = [ScheduleSchema];
