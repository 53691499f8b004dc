import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { Share } from '../../domain/allocate.js';
import {
  AllocationAboveOutstanding,
  AllocationAbovePayment,
  AmountNotPositive,
  InvoiceNotFound,
  WrongCurrency,
} from '../../domain/errors.js';
import type { Invoice } from '../../domain/invoice.js';
import type { Payment } from '../../domain/payment.js';
import { AllocatePayment } from '../../use-cases/allocate-payment.js';

interface Wish {
  readonly invoiceId: Id;
  readonly amount: Money;
}

/** Gives a new payment's money to the invoices that somebody names, exactly as much as he says. */
@Injectable()
export class AllocateByHand {
  constructor(private readonly allocatePayment: AllocatePayment) {}

  /** @throws InvoiceNotFound, WrongCurrency, AmountNotPositive, AllocationAbovePayment, AllocationAboveOutstanding */
  async execute(
    payment: Payment,
    wishes: readonly Wish[],
    cause: { readonly source: 'payment'; readonly sourceId: Id },
  ): Promise<Share<Id>[]> {
    const shares = this.byInvoice(payment, wishes);
    const total = Money.sum([...shares.values()], payment.currency);
    if (total.compare(payment.amount) > 0) throw new AllocationAbovePayment();
    const invoices = await this.allocatePayment.lockInvoices([...shares.keys()]);
    for (const [invoiceId, amount] of shares) {
      const invoice = this.fitting(payment, invoices.get(invoiceId), amount);
      this.allocatePayment.give(payment, invoice, amount, cause);
    }
    return [...shares].map(([key, amount]) => ({ key, amount }));
  }

  /** An invoice that is named twice gets both. */
  private byInvoice(payment: Payment, wishes: readonly Wish[]): ReadonlyMap<Id, Money> {
    const shares = new Map<Id, Money>();
    for (const { invoiceId, amount } of wishes) {
      if (amount.currency !== payment.currency) throw new WrongCurrency(payment.currency);
      if (!amount.isPositive) throw new AmountNotPositive('allocations');
      shares.set(invoiceId, shares.get(invoiceId)?.plus(amount) ?? amount);
    }
    return shares;
  }

  private fitting(payment: Payment, invoice: Invoice | undefined, amount: Money): Invoice {
    if (invoice?.studentId !== payment.studentId) throw new InvoiceNotFound();
    if (invoice.currency !== payment.currency) throw new WrongCurrency(invoice.currency);
    if (amount.compare(invoice.outstanding) > 0) throw new AllocationAboveOutstanding(invoice.outstanding);
    return invoice;
  }
}
