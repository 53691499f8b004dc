import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { type Id, idToBytes } from '../../../platform/values/id.js';
import { Verifies } from '../../../platform/verification/verifies.js';
import { type FinanceCheck, financeChecks } from './finance-checks.js';

const shownOfEach = 100;

/** Proves balances, invoice totals and payment states from the ledger's entries. */
@Injectable()
export class FinanceAudit {
  constructor(private readonly em: EntityManager) {}

  /** Of the current school. Locks nothing, so what is being booked at this moment may show; ask again then. */
  @Verifies('finance: ledger, invoices and payments')
  async verify(): Promise<string[]> {
    const findings: string[] = [];
    for (const check of financeChecks) findings.push(...(await this.broken(check)));
    return findings;
  }

  private async broken({ name, sql }: FinanceCheck): Promise<string[]> {
    const school = idToBytes(currentSchool());
    const bindings = Array.from(sql.matchAll(/:school/g), () => school);
    const statement = `${sql.replaceAll(':school', '?')} LIMIT ${shownOfEach}`;
    const rows = await this.em.fork().execute<{ subject: Id; detail: string }[]>(statement, bindings);
    return rows.map(({ subject, detail }) => `${name}: ${subject} ${detail}`);
  }
}
