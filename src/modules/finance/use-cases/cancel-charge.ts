import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { Charge, type ChargeSource } from '../domain/charge.js';
import { Invoice } from '../domain/invoice.js';
import { CreditInvoice } from './credit-invoice.js';

/** Takes back what was charged for sources: by voiding it, or by one credit note for each invoice that it is on. */
@Injectable()
export class CancelCharge {
  constructor(
    readonly em: EntityManager,
    private readonly creditInvoice: CreditInvoice,
    private readonly audit: Audit,
  ) {}

  /** @returns the invoices that they were on */
  @Transaction()
  async execute(source: ChargeSource, sourceIds: readonly Id[]): Promise<Id[]> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
    const charges = await this.em.find(Charge, { source, sourceId: { $in: [...sourceIds] } }, lock);
    for (const charge of charges) {
      const details = charge.auditDetails;
      if (charge.cancel()) await this.audit.record({ action: 'charge.voided', subjectId: charge.id, details });
    }
    await this.em.flush();
    const invoiced = charges.filter(({ state }) => state === 'invoiced');
    const invoices = [...new Set(invoiced.map(({ invoiceId }) => invoiceId!))].sort();
    for (const invoiceId of invoices) {
      const chargeIds = invoiced.filter((charge) => charge.invoiceId === invoiceId).map(({ id }) => id);
      await this.credit(invoiceId, chargeIds);
    }
    return invoices;
  }

  /** What was written off is given up already: then nothing is left to take back. */
  private async credit(invoiceId: Id, chargeIds: readonly Id[]): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const { creditable } = await this.em.findOneOrFail(Invoice, { id: invoiceId }, lock);
    if (creditable.isPositive) await this.creditInvoice.execute(invoiceId, { chargeIds });
  }
}
