import { defineEntity } from '@mikro-orm/core';
import { instant, int, text } from '../database/columns.js';

export const ScheduleSchema = defineEntity({
  name: 'Schedule',
  tableName: 'schedules',
  properties: {
    name: text(100).primary(),
    nextRunAt: instant(),
    lastStartedAt: instant().nullable(),
    lastFinishedAt: instant().nullable(),
    /** Of the last run that went through. */
    lastSucceededAt: instant().nullable(),
    lastError: text(500).nullable(),
    /** How many runs have failed, ever. */
    failures: int().default(0),
  },
});

export const schedulesEntities = [ScheduleSchema];
