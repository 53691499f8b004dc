import { defineEntity } from '@mikro-orm/core';
import { amount, code, currency, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { Money } from '../../../platform/values/money.js';
import { billMayBecome, type BillState } from './subscription-state.js';

const reference = () => text(255).collation('ascii_bin');

export const SubscriptionBillSchema = defineEntity({
  name: 'SubscriptionBill',
  tableName: 'subscription_bills',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    /** The seller: the platform's own company. */
    schoolId: id(),
    /** The school that subscribes. */
    subscriberId: id(),
    provider: text(40),
    billRef: reference(),
    state: code<BillState>(),
    totalMinor: amount(),
    receivedMinor: amount(),
    currency: currency(),
    issuedAt: instant(),
    paidAt: instant().nullable(),
    /** Where it can be paid. */
    url: text(2000).nullable(),
    attempts: int(),
    invoiceId: id().nullable(),
    paymentId: id().nullable(),
  },
  uniques: [
    { name: 'subscription_bills_school_id', properties: ['schoolId', 'id'] },
    { name: 'subscription_bills_ref', properties: ['provider', 'billRef'] },
    { name: 'subscription_bills_invoice', properties: ['schoolId', 'invoiceId'] },
    { name: 'subscription_bills_payment', properties: ['schoolId', 'paymentId'] },
  ],
  indexes: [{ name: 'subscription_bills_subscriber', properties: ['subscriberId', 'id'] }],
});

/** What the gateway asks a school for; the invoice it became is the seller's. */
export class SubscriptionBill extends SubscriptionBillSchema.class {
  get total(): Money {
    return Money.of(this.totalMinor, this.currency);
  }

  /** @returns false when it was known, or has been overtaken */
  become(state: BillState): boolean {
    if (!billMayBecome(this.state, state)) return false;
    this.state = state;
    return true;
  }

  /** It is owed for good: paid, or given up by the gateway and left to the seller. */
  get isSold(): boolean {
    return (this.state === 'paid' || this.state === 'uncollectible') && this.totalMinor > 0;
  }
}
SubscriptionBillSchema.setClass(SubscriptionBill);

export const BillingCustomerSchema = defineEntity({
  name: 'BillingCustomer',
  tableName: 'billing_customers',
  ...schoolScoped,
  properties: {
    /** The seller. */
    schoolId: id().primary(),
    subscriberId: id().primary(),
    /** What the subscriber is among the seller's customers. */
    studentId: id(),
  },
  uniques: [{ name: 'billing_customers_student', properties: ['schoolId', 'studentId'] }],
  indexes: [{ name: 'billing_customers_subscriber', properties: ['subscriberId'] }],
});

/** The school as a customer of the platform's company. */
export class BillingCustomer extends BillingCustomerSchema.class {}
BillingCustomerSchema.setClass(BillingCustomer);
