import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { allocate, type Claim } from '../domain/allocate.js';
import { Invoice } from '../domain/invoice.js';
import { PaymentAllocation, type AllocationSource } from '../domain/payment-allocation.js';
import { Payment } from '../domain/payment.js';

interface Cause {
  readonly source: AllocationSource;
  readonly sourceId: Id;
}

/** Which invoice a payment's money pays, and how that is taken back. Locks payment before invoice. */
@Injectable()
export class AllocatePayment {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Gives received money to its invoice, up to what is outstanding; the rest is the student's credit. */
  async apply(payment: Payment): Promise<void> {
    await this.use(payment, Money.of(payment.receivedMinor, payment.currency), payment.invoiceId);
  }

  /** Gives that part of a payment, whose row the caller has locked, to an invoice: what it was asked for, or another one. */
  async use(payment: Payment, part: Money, invoiceId: Id): Promise<void> {
    assertTransaction('an allocation');
    const invoice = await this.lockInvoice(invoiceId);
    const claims = [{ key: invoice, limit: invoice.outstanding }];
    for (const share of allocate(part, claims).shares) {
      share.key.allocate(share.amount);
      this.record(payment.id, share.key.id, share.amount, { source: 'payment', sourceId: payment.id });
    }
  }

  /** A credit note has set money free on an invoice whose row the caller has locked and counted down. */
  async release(invoiceId: Id, freed: Money, cause: Cause): Promise<void> {
    const claims = await this.allocated({ invoiceId }, ({ paymentId }) => paymentId, freed.currency);
    for (const { key, amount } of allocate(freed, claims.reverse()).shares) {
      this.record(key, invoiceId, amount.negate(), cause);
    }
  }

  /** Takes refunded money back: first what was the student's credit, then from the invoices it paid. */
  async takeBack(payment: Payment, refunded: Money, alreadyRefunded: Money, cause: Cause): Promise<void> {
    await this.lockInvoice(payment.invoiceId);
    const claims = await this.allocated({ paymentId: payment.id }, ({ invoiceId }) => invoiceId, payment.currency);
    const paying = Money.sum(
      claims.map(({ limit }) => limit),
      payment.currency,
    );
    const credit = Money.of(payment.receivedMinor, payment.currency).minus(paying).minus(alreadyRefunded);
    const { rest } = allocate(refunded, [{ key: 'credit', limit: credit }]);
    for (const { key, amount } of allocate(rest, claims.reverse()).shares) {
      (await this.lockInvoice(key)).allocate(amount.negate());
      this.record(payment.id, key, amount.negate(), cause);
    }
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

  private lockInvoice(id: Id): Promise<Invoice> {
    return this.em.findOneOrFail(Invoice, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
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
