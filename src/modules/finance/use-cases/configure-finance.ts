import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { defaultPaymentTermsDays, FinanceSettings } from '../domain/settings.js';

export interface FinanceSettingsView {
  readonly paymentTermsDays: number;
  readonly bankAccount: string | null;
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
    };
  }

  @Transaction()
  async execute({ paymentTermsDays, bankAccount }: FinanceSettingsView): Promise<FinanceSettingsView> {
    const fields = changedFields(await this.read(), { paymentTermsDays, bankAccount });
    await this.em.upsert(FinanceSettings, { schoolId: currentSchool(), paymentTermsDays, bankAccount });
    await this.audit.record({ action: 'finance_settings.updated', subjectId: currentSchool(), details: { fields } });
    return { paymentTermsDays, bankAccount };
  }
}
