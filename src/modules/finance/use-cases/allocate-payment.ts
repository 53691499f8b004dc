import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { allocate, type Claim, type Share } from '../domain/allocate.js';
import { Invoice } from '../domain/invoice.js';
import { PaymentAllocation, type AllocationSource } from '../domain/payment-allocation.js';
import { Payment } from '../domain/payment.js';

interface Cause {
  readonly source: AllocationSource;
  readonly sourceId: Id;
}

/** Which invoices a payment's money pays, and how that is taken back. Locks payments before invoices, both in the order of their ids. */
@Injectable()
export class AllocatePayment {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Gives received money to its invoice, up to what is outstanding; the rest is the student's credit. */
  async apply(payment: Payment): Promise<void> {
    if (!payment.invoiceId) return;
    await this.spread(payment, payment.received, [payment.invoiceId], { source: 'payment', sourceId: payment.id });
  }

  /** Gives that part of a payment's credit, whose row the caller has locked, to an invoice that it was not asked for. */
  async use(payment: Payment, part: Money, invoiceId: Id): Promise<void> {
    await this.spread(payment, part, [invoiceId], { source: 'credit', sourceId: newId() });
  }

  /** Gives money of a payment, whose row the caller has locked, to invoices in that order, each up to what is outstanding. */
  async spread(payment: Payment, part: Money, invoiceIds: readonly Id[], cause: Cause): Promise<Share<Id>[]> {
    assertTransaction('an allocation');
    const invoices = await this.lockInvoices(invoiceIds);
    const open = invoiceIds.map((id) => invoices.get(id)!).filter(({ currency }) => currency === payment.currency);
    const { shares } = allocate(
      part,
      open.map((invoice) => ({ key: invoice, limit: invoice.outstanding })),
    );
    for (const { key, amount } of shares) this.give(payment, key, amount, cause);
    return shares.map(({ key, amount }) => ({ key: key.id, amount }));
  }

  /** Gives exactly that much to an invoice whose row the caller has locked. */
  give(payment: Payment, invoice: Invoice, part: Money, cause: Cause): void {
    invoice.allocate(part);
    this.record(payment.id, invoice.id, part, cause);
  }

  /** A credit note has set money free on an invoice whose row the caller has locked and counted down. */
  async release(invoiceId: Id, freed: Money, cause: Cause): Promise<void> {
    const claims = await this.allocated({ invoiceId }, ({ paymentId }) => paymentId, freed.currency);
    for (const { key, amount } of allocate(freed, claims.reverse()).shares) {
      this.record(key, invoiceId, amount.negate(), cause);
    }
  }

  /** Takes refunded money back: first what was the student's credit, then from the invoices it paid. The payment's row is locked. */
  async takeBack(payment: Payment, refunded: Money, alreadyRefunded: Money, cause: Cause): Promise<void> {
    const [claims, invoices] = await this.lockPaid(payment);
    const paying = Money.sum(
      claims.map(({ limit }) => limit),
      payment.currency,
    );
    const credit = payment.received.minus(paying).minus(alreadyRefunded);
    const { rest } = allocate(refunded, [{ key: 'credit', limit: credit }]);
    for (const { key, amount } of allocate(rest, claims.reverse()).shares) {
      this.give(payment, invoices.get(key)!, amount.negate(), cause);
    }
  }

  /** Takes all of a payment's money from the invoices it paid: it never came. The payment's row is locked. */
  async takeAllBack(payment: Payment, cause: Cause): Promise<void> {
    const [claims, invoices] = await this.lockPaid(payment);
    for (const { key, limit } of claims) {
      if (limit.isPositive) this.give(payment, invoices.get(key)!, limit.negate(), cause);
    }
  }

  /** What a payment has brought and no invoice or refund has had. */
  async unused(payment: Payment): Promise<Money> {
    const claims = await this.allocated({ paymentId: payment.id }, ({ invoiceId }) => invoiceId, payment.currency);
    const paying = Money.sum(
      claims.map(({ limit }) => limit),
      payment.currency,
    );
    return payment.refundable.minus(paying);
  }

  /** In the order of their ids, so that two who want the same ones wait for each other and never both. */
  async lockInvoices(ids: readonly Id[]): Promise<ReadonlyMap<Id, Invoice>> {
    const found = await this.em.find(
      Invoice,
      { id: { $in: [...ids] } },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true, orderBy: { id: 'asc' } },
    );
    return new Map(found.map((invoice) => [invoice.id, invoice]));
  }

  /** Read again under the locks: a credit note changes what an invoice has had without asking the payment. */
  private async lockPaid(payment: Payment): Promise<[Claim<Id>[], ReadonlyMap<Id, Invoice>]> {
    const read = () => this.allocated({ paymentId: payment.id }, ({ invoiceId }) => invoiceId, payment.currency);
    const invoices = await this.lockInvoices((await read()).map(({ key }) => key));
    return [await read(), invoices];
  }

  /** What is allocated at present, oldest first, summed by the other side. */
  private async allocated(
    of: { invoiceId: Id } | { paymentId: Id },
    keyOf: (row: PaymentAllocation) => Id,
    currency: string,
  ) {
    const sums = new Map<Id, Money>();
    for (const row of await this.em.find(PaymentAllocation, of, { orderBy: { id: 'asc' } })) {
      const key = keyOf(row);
      sums.set(key, (sums.get(key) ?? Money.of(0, currency)).plus(Money.of(row.amountMinor, currency)));
    }
    return [...sums].map(([key, limit]): Claim<Id> => ({ key, limit }));
  }

  private record(paymentId: Id, invoiceId: Id, part: Money, cause: Cause): void {
    this.em.create(PaymentAllocation, {
      id: newId(),
      schoolId: currentSchool(),
      paymentId,
      invoiceId,
      amountMinor: part.amount,
      ...cause,
      createdAt: this.clock.now(),
    });
  }
}
