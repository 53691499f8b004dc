import { defineEntity } from '@mikro-orm/core';
import { amount, code, id, instant, schoolScoped } from '../../../platform/database/columns.js';

export const allocationSources = ['payment', 'refund', 'credit_note', 'credit', 'reversal'] as const;
export type AllocationSource = (typeof allocationSources)[number];

export const PaymentAllocationSchema = defineEntity({
  name: 'PaymentAllocation',
  tableName: 'payment_allocations',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    paymentId: id(),
    invoiceId: id(),
    amountMinor: amount(),
    source: code<AllocationSource>(),
    sourceId: id(),
    createdAt: instant(),
  },
  uniques: [
    {
      name: 'payment_allocations_once',
      properties: ['schoolId', 'source', 'sourceId', 'paymentId', 'invoiceId'],
    },
  ],
  indexes: [
    { name: 'payment_allocations_payment', properties: ['schoolId', 'paymentId'] },
    { name: 'payment_allocations_invoice', properties: ['schoolId', 'invoiceId'] },
  ],
});

/**
 * Says which invoice a payment's money pays, append-only: a refund or a credit note takes back with a negative amount.
 * What a payment has received and not allocated is the student's credit.
 */
export class PaymentAllocation extends PaymentAllocationSchema.class {}
PaymentAllocationSchema.setClass(PaymentAllocation);
