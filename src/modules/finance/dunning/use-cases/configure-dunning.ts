import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { WrongCurrency } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { AmountNegative } from '../../till/domain/till-problems.js';
import { type DunningPlan, feeLimitsOn, noDunning, withinLaw } from '../domain/dunning-plan.js';
import { ReminderFeeAboveLaw } from '../domain/dunning-problems.js';
import { DunningSettings, type DunningSettingsSchema } from '../domain/dunning.js';

export interface DunningSettingsView extends Omit<DunningPlan, 'feeMinor'> {
  readonly fee: Money;
}

/** When the current school reminds of what is not paid. */
@Injectable()
export class ConfigureDunning {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly audit: Audit,
  ) {}

  /** As the school sees it. */
  async read(): Promise<DunningSettingsView> {
    const { feeMinor, ...plan } = await this.plan();
    const { currency } = await this.sellers.terms();
    return { ...plan, fee: Money.of(feeMinor, currency) };
  }

  async plan(): Promise<DunningPlan> {
    const settings = await this.em
      .fork({ keepTransactionContext: true })
      .findOne(DunningSettings, { schoolId: currentSchool() });
    if (!settings) return noDunning;
    const { feeMinor, feeReminders, daysBetween } = settings;
    const { reminderAfterDays = null, feeAfterDays = null, stopAfterDays = null } = settings;
    return { reminderAfterDays, feeAfterDays, feeMinor, feeReminders, daysBetween, stopAfterDays };
  }

  /** @throws WrongCurrency, AmountNegative, ReminderFeeAboveLaw */
  @Transaction()
  async execute({ fee, ...wish }: DunningSettingsView): Promise<DunningSettingsView> {
    const plan = { ...wish, feeMinor: fee.amount };
    const { currency } = await this.sellers.terms();
    if (fee.currency !== currency) throw new WrongCurrency(currency);
    await this.assertLawful(plan);
    const settings = await this.locked();
    await assertAsSeen(() => this.read());
    const fields = changedFields(settings, plan);
    settings.change(plan);
    await this.em.flush();
    await this.audit.record({ action: 'dunning_settings.updated', subjectId: currentSchool(), details: { fields } });
    return this.read();
  }

  private async assertLawful(plan: DunningPlan): Promise<void> {
    if (plan.feeMinor < 0) throw new AmountNegative('fee');
    const { zone } = await this.sellers.terms();
    const today = localDate(this.clock.now(), zone);
    const lawful = withinLaw(plan, today);
    const isLawful = (['feeMinor', 'feeReminders', 'daysBetween'] as const).every((key) => lawful[key] === plan[key]);
    if (!isLawful) throw new ReminderFeeAboveLaw(feeLimitsOn(today));
  }

  /** A school that has said nothing yet has no row, and what is not there cannot be locked. */
  private async locked(): Promise<DunningSettings> {
    const schoolId = currentSchool();
    await globalQuery<Tables<typeof DunningSettingsSchema>>(this.em)
      .insertInto('dunning_settings')
      .values({
        school_id: bin(schoolId),
        reminder_after_days: null,
        fee_after_days: null,
        fee_minor: noDunning.feeMinor,
        fee_reminders: noDunning.feeReminders,
        days_between: noDunning.daysBetween,
        stop_after_days: null,
      })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(DunningSettings, { schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
