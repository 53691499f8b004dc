import { defineEntity, PrimaryKeyProp } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped } from '../../../platform/database/columns.js';
import type { Channel } from './message-kinds.js';

export const ReminderSchema = defineEntity({
  name: 'Reminder',
  tableName: 'reminders',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    bookingId: id().primary(),
    startsAt: instant().primary(),
    leadMinutes: int().unsigned(false).primary(),
    userId: id().primary(),
    channel: code<Channel>().primary(),
  },
});

/**
 * The mark that a lesson at that time was looked at with that lead time for that person and channel. Its key is the promise
 * "once": whoever inserts it decides whether a message goes out. A lesson moved to another time is a new promise.
 */
export class Reminder extends ReminderSchema.class {
  declare [PrimaryKeyProp]?: ['schoolId', 'bookingId', 'startsAt', 'leadMinutes', 'userId', 'channel'];
}
ReminderSchema.setClass(Reminder);
