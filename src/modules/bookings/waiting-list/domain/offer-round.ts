import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped } from '../../../../platform/database/columns.js';

const roundStates = ['open', 'ended'] as const;
export type RoundState = (typeof roundStates)[number];

/** A time that became free, and is offered to some students after the other until somebody takes it or nobody is left. */
export const OfferRoundSchema = defineEntity({
  name: 'OfferRound',
  tableName: 'offer_rounds',
  ...schoolScoped,
  uniques: [{ name: 'offer_rounds_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'offer_rounds_due', properties: ['state', 'dueAt'] },
    { name: 'offer_rounds_booking', properties: ['schoolId', 'bookingId'] },
    { name: 'offer_rounds_student', properties: ['schoolId', 'studentId'] },
    { name: 'offer_rounds_teacher', properties: ['schoolId', 'teacherId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    /** The lesson that was there, and whose it was. */
    bookingId: id(),
    studentId: id(),
    teacherId: id(),
    startsAt: instant(),
    /** Setup and buffer included. */
    busyFrom: instant(),
    busyUntil: instant(),
    state: code<RoundState>(),
    /** When the next students are asked. */
    dueAt: instant(),
    createdAt: instant(),
  },
});
