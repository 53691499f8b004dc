import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { type PayLink, PayLinks } from './pay-links.js';

/** The office gets an invoice's link, to hand it to whoever pays. */
@Injectable()
export class HandOutPayLink {
  constructor(
    readonly em: EntityManager,
    private readonly links: PayLinks,
    private readonly audit: Audit,
  ) {}

  /** @param renew the link of until now shall open nothing any more @throws InvoiceNotFound */
  @Transaction()
  async execute(invoiceId: Id, renew: boolean): Promise<PayLink> {
    const { url, expiresAt } = renew ? await this.links.replace(invoiceId) : await this.links.open(invoiceId);
    const action = renew ? 'pay_link.renewed' : 'pay_link.handed_out';
    await this.audit.record({ action, subjectId: invoiceId });
    return { url, expiresAt };
  }
}
