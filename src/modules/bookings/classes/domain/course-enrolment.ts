import { defineEntity } from '@mikro-orm/core';
import { amount, code, currency, id, instant, schoolScoped } from '../../../../platform/database/columns.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { EnrolmentEnded } from './course-problems.js';

export const enrolmentStates = ['enrolled', 'withdrawn', 'moved'] as const;
export type EnrolmentState = (typeof enrolmentStates)[number];

export const CourseEnrolmentSchema = defineEntity({
  name: 'CourseEnrolment',
  tableName: 'course_enrolments',
  ...schoolScoped,
  uniques: [{ name: 'course_enrolments_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'course_enrolments_course', properties: ['schoolId', 'courseId', 'id'] },
    { name: 'course_enrolments_student', properties: ['schoolId', 'studentId', 'id'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    courseId: id(),
    studentId: id(),
    state: code<EnrolmentState>(),
    /** Under which id it was charged: its own, or that of the enrolment it was moved from at the same price. */
    chargedAs: id(),
    priceMinor: amount(),
    currency: currency(),
    enrolledAt: instant(),
    leftAt: instant().nullable(),
    createdBy: id(),
  },
});

export interface NewEnrolment {
  readonly schoolId: Id;
  readonly courseId: Id;
  readonly studentId: Id;
  readonly price: Money;
  readonly createdBy: Id;
}

/** A student's place on a course. */
export class CourseEnrolment extends CourseEnrolmentSchema.class {
  static of({ price, ...who }: NewEnrolment, at: Date): CourseEnrolment {
    const ownId = newId();
    const money = { priceMinor: price.amount, currency: price.currency };
    const rest = { id: ownId, chargedAs: ownId, state: 'enrolled' as const, enrolledAt: at, leftAt: null };
    return Object.assign(new CourseEnrolment(), who, money, rest);
  }

  get price(): Money {
    return Money.of(this.priceMinor, this.currency);
  }

  /** @throws EnrolmentEnded */
  end(how: 'withdrawn' | 'moved', at: Date): void {
    if (this.state !== 'enrolled') throw new EnrolmentEnded();
    this.state = how;
    this.leftAt = at;
  }
}
CourseEnrolmentSchema.setClass(CourseEnrolment);
