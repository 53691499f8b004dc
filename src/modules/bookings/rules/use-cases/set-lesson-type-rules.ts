import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling, type SchedulableLessonType } from '../../../schools/index.js';
import { typeRulesView, type LessonTypeRulesView } from '../domain/rule-views.js';
import { DepositInvalid, RulesInOtherCurrency } from '../domain/settings-problems.js';
import { LessonTypeRules, type LessonTypeRulesSchema } from '../domain/settings.js';

/** What holds for booking lessons of one type. */
@Injectable()
export class SetLessonTypeRules {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly audit: Audit,
  ) {}

  /** @throws LessonTypeNotFound */
  async read(lessonTypeId: Id): Promise<LessonTypeRulesView> {
    const { price } = await this.scheduling.lessonType(lessonTypeId);
    const em = this.em.fork({ keepTransactionContext: true });
    return typeRulesView(await em.findOne(LessonTypeRules, { lessonTypeId }), price.currency);
  }

  /** Lessons that are booked already stay. @throws LessonTypeNotFound | DepositInvalid | RulesInOtherCurrency */
  @Transaction()
  async execute(lessonTypeId: Id, change: LessonTypeRulesView): Promise<LessonTypeRulesView> {
    checkDeposit(change, await this.scheduling.lessonType(lessonTypeId));
    const rules = await this.locked(lessonTypeId);
    await assertAsSeen(() => this.read(lessonTypeId));
    const { deposit, theoryPercent = rules.theoryPercent ?? null, ...rest } = change;
    const values = { ...rest, theoryPercent, depositMinor: deposit?.amount ?? null };
    const fields = changedFields(rules, values);
    Object.assign(rules, values);
    await this.em.flush();
    await this.audit.record({
      action: 'lesson_type.booking_rules_changed',
      subjectId: lessonTypeId,
      details: { fields },
    });
    return this.read(lessonTypeId);
  }

  private async locked(lessonTypeId: Id): Promise<LessonTypeRules> {
    await globalQuery<Tables<typeof LessonTypeRulesSchema>>(this.em)
      .insertInto('lesson_type_rules')
      .values({ school_id: bin(currentSchool()), lesson_type_id: bin(lessonTypeId) })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(LessonTypeRules, { lessonTypeId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}

function checkDeposit({ prepayment, deposit }: LessonTypeRulesView, { price }: SchedulableLessonType): void {
  if (deposit && deposit.currency !== price.currency) throw new RulesInOtherCurrency('deposit', price.currency);
  const isGiven = deposit !== null;
  if (isGiven !== (prepayment === 'deposit')) throw new DepositInvalid();
  if (deposit && (deposit.amount <= 0 || deposit.amount > price.amount)) throw new DepositInvalid();
}
