import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { InvalidGiroCreditor } from '../bank-statements/domain/bank-problems.js';
import { isGiroCreditor } from '../bank-statements/domain/fik.js';
import { defaultPaymentTermsDays, FinanceSettings, type FinanceSettingsSchema } from '../domain/settings.js';

export interface FinanceSettingsView {
  readonly paymentTermsDays: number;
  readonly bankAccount: string | null;
  readonly useCredit: boolean;
  readonly giroCreditor: string | null;
}

/** How the current school invoices. Invoices already issued keep what they say. */
@Injectable()
export class ConfigureFinance {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  async read(): Promise<FinanceSettingsView> {
    const settings = await this.em
      .fork({ keepTransactionContext: true })
      .findOne(FinanceSettings, { schoolId: currentSchool() });
    return {
      paymentTermsDays: settings?.paymentTermsDays ?? defaultPaymentTermsDays,
      bankAccount: settings?.bankAccount ?? null,
      useCredit: settings?.useCredit ?? false,
      giroCreditor: settings?.giroCreditor ?? null,
    };
  }

  /** @throws InvalidGiroCreditor */
  @Transaction()
  async execute(change: FinanceSettingsView): Promise<FinanceSettingsView> {
    if (change.giroCreditor !== null && !isGiroCreditor(change.giroCreditor)) throw new InvalidGiroCreditor();
    const settings = await this.locked();
    await assertAsSeen(() => this.read());
    const fields = changedFields(settings, change);
    settings.change(change);
    await this.em.flush();
    await this.audit.record({ action: 'finance_settings.updated', subjectId: currentSchool(), details: { fields } });
    return this.read();
  }

  /** A school that has said nothing yet has no row, and what is not there cannot be locked. */
  private async locked(): Promise<FinanceSettings> {
    const schoolId = currentSchool();
    await globalQuery<Tables<typeof FinanceSettingsSchema>>(this.em)
      .insertInto('finance_settings')
      .values({
        school_id: bin(schoolId),
        payment_terms_days: defaultPaymentTermsDays,
        bank_account: null,
        use_credit: false,
        giro_creditor: null,
      })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(FinanceSettings, { schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
