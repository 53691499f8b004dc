import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { receivables, writeOffs } from '../../domain/account-plan.js';
import { AmountNotPositive, InvoiceNotFound, NothingToPay, WrongCurrency } from '../../domain/errors.js';
import { InvoiceReduced } from '../../domain/events.js';
import { Invoice } from '../../domain/invoice.js';
import { WriteOff } from '../../domain/write-off.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { WriteOffAboveOutstanding } from '../domain/errors.js';

export interface WriteOffCommand {
  readonly invoiceId: Id;
  /** All that is outstanding when absent. */
  readonly amount?: Money;
  readonly reason: string;
}

/** Gives up what a student owes on an invoice: a loss, with the VAT in it, until the bookkeeper claims that back. */
@Injectable()
export class WriteOffInvoice {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly audit: Audit,
  ) {}

  /** @returns the write-off's id. @throws InvoiceNotFound, NothingToPay, WrongCurrency, AmountNotPositive, WriteOffAboveOutstanding */
  @Transaction()
  async execute(actor: Actor, { invoiceId, amount, reason }: WriteOffCommand): Promise<Id> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const invoice = await this.em.findOne(Invoice, { id: invoiceId }, { lockMode, refresh: true });
    if (!invoice) throw new InvoiceNotFound();
    const part = this.partOf(invoice, amount);
    const writeOff = WriteOff.of({
      id: newId(),
      schoolId: invoice.schoolId,
      invoiceId,
      studentId: invoice.studentId,
      amountMinor: part.amount,
      currency: part.currency,
      reason,
      writtenOffBy: actor.id,
      writtenOffAt: this.clock.now(),
      reversedBy: null,
      reversedAt: null,
      reverseReason: null,
    });
    invoice.writeOff(part);
    this.em.persist(writeOff);
    await this.em.flush();
    const { zone } = await this.sellers.terms();
    const occurredOn = localDate(writeOff.writtenOffAt, zone);
    await this.postTransfers.execute({ source: 'write_off', sourceId: writeOff.id, occurredOn }, [
      { debit: writeOffs(), credit: receivables(invoice.studentId), amount: part },
    ]);
    await this.outbox.record(new InvoiceReduced({ invoiceId }));
    const { id: subjectId, auditDetails: details } = writeOff;
    await this.audit.record({ action: 'write_off.made', subjectId, details });
    return writeOff.id;
  }

  private partOf(invoice: Invoice, amount: Money | undefined): Money {
    const { outstanding } = invoice;
    if (outstanding.isZero) throw new NothingToPay();
    const part = amount ?? outstanding;
    if (part.currency !== invoice.currency) throw new WrongCurrency(invoice.currency);
    if (!part.isPositive) throw new AmountNotPositive('amount');
    if (part.compare(outstanding) > 0) throw new WriteOffAboveOutstanding(outstanding);
    return part;
  }
}
