import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { Charge, type ChargeSource } from '../domain/charge.js';
import { Invoice } from '../domain/invoice.js';
import { CreditInvoice } from './credit-invoice.js';

/** Takes back what was charged for a source: by voiding it, or by a credit note when it has been invoiced. */
@Injectable()
export class CancelCharge {
  constructor(
    readonly em: EntityManager,
    private readonly creditInvoice: CreditInvoice,
    private readonly audit: Audit,
  ) {}

  @Transaction()
  async execute(source: ChargeSource, sourceId: Id): Promise<void> {
    const charge = await this.em.findOne(Charge, { source, sourceId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (charge?.state === 'open') await this.void(charge);
    else if (charge?.state === 'invoiced') await this.credit(charge.id, charge.invoiceId!);
  }

  /** What was written off is given up already: then nothing is left to take back. */
  private async credit(chargeId: Id, invoiceId: Id): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const { creditable } = await this.em.findOneOrFail(Invoice, { id: invoiceId }, lock);
    if (creditable.isPositive) await this.creditInvoice.execute(invoiceId, { chargeIds: [chargeId] });
  }

  private async void(charge: Charge): Promise<void> {
    charge.void();
    await this.audit.record({ action: 'charge.voided', subjectId: charge.id, details: charge.auditDetails });
  }
}
