import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  json,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import { given } from '../../../../platform/values/given.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { LicenceClass } from '../../../schools/index.js';
import { checkCoursePlan, type CoursePlanDetails, type PlanSession, type WeeklyTime } from './course-plan-rules.js';

export const CoursePlanSchema = defineEntity({
  name: 'CoursePlan',
  tableName: 'course_plans',
  ...schoolScoped,
  uniques: [{ name: 'course_plans_school_id', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'course_plans_name', properties: ['schoolId', 'name', 'id'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    name: text(120),
    licenceClass: code<LicenceClass>(),
    sessions: json<readonly PlanSession[]>(),
    weekly: json<readonly WeeklyTime[]>(),
    capacity: int(),
    priceMinor: amount(),
    currency: currency(),
    vatRateBp: int(),
    active: bool(),
    createdAt: instant(),
  },
});

export type CoursePlanChange = Partial<CoursePlanDetails> & { readonly active?: boolean };

/** What a class is taught, in which order: courses are made of it, and keep what they were made of when it changes. */
export class CoursePlan extends CoursePlanSchema.class {
  /** @throws InvalidCoursePlan */
  static draw(schoolId: Id, schoolCurrency: string, details: CoursePlanDetails, at: Date): CoursePlan {
    const plan = new CoursePlan();
    Object.assign(plan, { id: newId(), schoolId, currency: schoolCurrency, active: true, createdAt: at });
    plan.change(details);
    return plan;
  }

  /** @throws InvalidCoursePlan */
  change(change: CoursePlanChange): void {
    checkCoursePlan(change, this.currency);
    const { price, ...details } = change;
    Object.assign(this, given(details), given({ priceMinor: price?.amount }));
  }
}
CoursePlanSchema.setClass(CoursePlan);
