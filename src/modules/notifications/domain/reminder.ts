import { defineEntity, PrimaryKeyProp } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import type { Channel } from './message-kinds.js';

/** What people are reminded of. */
export const remindedOf = ['lesson', 'class', 'exam'] as const;
export type RemindedOf = (typeof remindedOf)[number];

/** `needless`: he has just heard the same; `dropped`: it came too late to be of use. */
export type ReminderOutcome = 'queued' | 'needless' | 'dropped';

export const ReminderSchema = defineEntity({
  name: 'Reminder',
  tableName: 'reminders',
  ...schoolScoped,
  indexes: [{ name: 'reminders_age', properties: ['startsAt'] }],
  properties: {
    schoolId: id().primary(),
    /** The lesson, the class or the exam. */
    subjectId: id().primary(),
    startsAt: instant().primary(),
    leadMinutes: int().unsigned(false).primary(),
    userId: id().primary(),
    channel: code<Channel>().primary(),
    outcome: code<ReminderOutcome>(),
    /** Why none went out. */
    reason: text(190).nullable(),
  },
});

/**
 * What was decided for that time with that lead time for that person and channel. Its key is the promise "once": whoever
 * inserts it decides whether a message goes out. A lesson moved to another time is a new promise.
 */
export class Reminder extends ReminderSchema.class {
  declare [PrimaryKeyProp]?: ['schoolId', 'subjectId', 'startsAt', 'leadMinutes', 'userId', 'channel'];
}
ReminderSchema.setClass(Reminder);

/** Until when all that came due was decided: what began after that without a decision was missed in an outage. */
export const ReminderLookSchema = defineEntity({
  name: 'ReminderLook',
  tableName: 'reminder_looks',
  properties: { about: code<RemindedOf>().primary(), until: instant() },
});
