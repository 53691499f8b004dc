import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped } from '../../../../platform/database/columns.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { NoOfferOpen } from './course-problems.js';

/** `offered`: a seat is kept for him until he says yes or the time is up. */
export const waiterStates = ['waiting', 'offered', 'accepted', 'left', 'expired'] as const;
export type WaiterState = (typeof waiterStates)[number];

export const CourseWaiterSchema = defineEntity({
  name: 'CourseWaiter',
  tableName: 'course_waiters',
  ...schoolScoped,
  uniques: [{ name: 'course_waiters_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'course_waiters_course', properties: ['schoolId', 'courseId', 'id'] },
    { name: 'course_waiters_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'course_waiters_offered', properties: ['state', 'offeredUntil'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    courseId: id(),
    studentId: id(),
    state: code<WaiterState>(),
    offeredUntil: instant().nullable(),
    createdBy: id(),
    createdAt: instant(),
  },
});

/** Somebody on a course's waiting list; ids grow with time, so their order is the list's. */
export class CourseWaiter extends CourseWaiterSchema.class {
  static join(who: { schoolId: Id; courseId: Id; studentId: Id; createdBy: Id }, at: Date): CourseWaiter {
    const rest = { id: newId(), state: 'waiting' as const, offeredUntil: null, createdAt: at };
    return Object.assign(new CourseWaiter(), who, rest);
  }

  get isOpen(): boolean {
    return this.state === 'waiting' || this.state === 'offered';
  }

  offer(until: Date): void {
    if (this.state !== 'waiting') throw new NoOfferOpen();
    this.state = 'offered';
    this.offeredUntil = until;
  }

  /** @throws NoOfferOpen when none is open, or no longer */
  accept(now: Date): void {
    if (!this.offeredUntil || this.offeredUntil <= now) throw new NoOfferOpen();
    this.close('accepted');
  }

  /** @throws NoOfferOpen when he is no longer on the list */
  close(how: 'accepted' | 'left' | 'expired'): void {
    if (!this.isOpen) throw new NoOfferOpen();
    this.state = how;
    this.offeredUntil = null;
  }
}
CourseWaiterSchema.setClass(CourseWaiter);
