import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { CourseState } from './course-state.js';
import { type CourseVerb, nextCourseState } from './course-transitions.js';

export const CourseSchema = defineEntity({
  name: 'Course',
  tableName: 'courses',
  ...schoolScoped,
  uniques: [{ name: 'courses_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'courses_start', properties: ['schoolId', 'startsAt', 'id'] },
    { name: 'courses_plan', properties: ['schoolId', 'planId'] },
    { name: 'courses_teacher', properties: ['schoolId', 'teacherId', 'startsAt', 'id'] },
    { name: 'courses_room', properties: ['schoolId', 'roomId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    planId: id(),
    name: text(120),
    state: code<CourseState>(),
    teacherId: id(),
    roomId: id().nullable(),
    capacity: int(),
    priceMinor: amount(),
    currency: currency(),
    vatRateBp: int(),
    selfEnrolment: bool(),
    /** How long the next one on the waiting list has to say yes. */
    offerHours: int(),
    /** Of its first session, and the end of its last one. */
    startsAt: instant(),
    endsAt: instant(),
    cancelReason: text(500).nullable(),
    /** Bumped by whoever changes seats or sessions: they wait for each other. */
    version: int().default(1),
    createdBy: id(),
    createdAt: instant(),
  },
});

export interface NewCourse {
  readonly schoolId: Id;
  readonly planId: Id;
  readonly name: string;
  readonly teacherId: Id;
  readonly roomId: Id | null;
  readonly capacity: number;
  readonly priceMinor: number;
  readonly currency: string;
  readonly vatRateBp: number;
  readonly selfEnrolment: boolean;
  readonly offerHours: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly createdBy: Id;
}

const HOUR = 3_600_000;

/** A cohort (hold): the same students through the sessions of a plan, on dates of its own. */
export class Course extends CourseSchema.class {
  static plan(details: NewCourse, at: Date): Course {
    const rest = { id: newId(), state: 'draft' as const, cancelReason: null, version: 1, createdAt: at };
    return Object.assign(new Course(), details, rest);
  }

  get price(): Money {
    return Money.of(this.priceMinor, this.currency);
  }

  /** @throws CourseClosed */
  do(verb: CourseVerb): void {
    this.state = nextCourseState(this.state, verb);
  }

  /** When an offer made now to the next one waiting ends: never after the teaching begins, for then the seat is of less use. */
  offerEnds(now: Date): Date {
    const end = new Date(now.getTime() + this.offerHours * HOUR);
    return now < this.startsAt && end > this.startsAt ? this.startsAt : end;
  }
}
CourseSchema.setClass(Course);
