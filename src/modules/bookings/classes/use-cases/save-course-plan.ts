import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import type { CoursePlanDetails } from '../domain/course-plan-rules.js';
import { CoursePlan, type CoursePlanChange } from '../domain/course-plan.js';
import { CoursePlanNotFound } from '../domain/course-problems.js';
import { CoursePlanReader, type CoursePlanView } from '../queries/course-plan-reader.js';

/** Draws up what a class is taught, or changes it for the courses to come. */
@Injectable()
export class SaveCoursePlan {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly reader: CoursePlanReader,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidCoursePlan */
  @Transaction()
  async add(details: CoursePlanDetails): Promise<CoursePlanView> {
    const { currency } = await this.scheduling.school();
    const plan = CoursePlan.draw(currentSchool(), currency, details, this.clock.now());
    await this.em.persist(plan).flush();
    await this.audit.record({ action: 'course_plan.added', subjectId: plan.id });
    return this.reader.get(plan.id);
  }

  /** @throws CoursePlanNotFound | InvalidCoursePlan */
  @Transaction()
  async change(planId: Id, change: CoursePlanChange): Promise<CoursePlanView> {
    const plan = await this.em.findOne(CoursePlan, { id: planId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!plan) throw new CoursePlanNotFound();
    await assertAsSeen(() => this.reader.get(planId));
    const fields = changedFields(plan, change);
    plan.change(change);
    await this.em.flush();
    await this.audit.record({ action: 'course_plan.updated', subjectId: planId, details: { fields } });
    return this.reader.get(planId);
  }
}
