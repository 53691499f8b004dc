import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../platform/verification/verifies.js';
import { financeChecks } from './finance-checks.js';
import { findingsOf } from '../../../platform/verification/findings-of.js';

/** Proves balances, invoice totals and payment states from the ledger's entries. */
@Injectable()
export class FinanceAudit {
  constructor(private readonly em: EntityManager) {}

  /** Of the current school. Locks nothing, so what is being booked at this moment may show; ask again then. */
  @Verifies('finance: ledger, invoices and payments')
  verify(): Promise<string[]> {
    return findingsOf(this.em, financeChecks);
  }
}
