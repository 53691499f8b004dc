import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../../platform/audit/audit.entities.js';
import { amount, code, currency, id, instant, schoolScoped, text } from '../../../../platform/database/columns.js';
import { Money } from '../../../../platform/values/money.js';
import type { DisputeState } from '../../ports/gateway-books.js';

export const DisputeSchema = defineEntity({
  name: 'Dispute',
  tableName: 'disputes',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    paymentId: id(),
    studentId: id(),
    provider: text(40),
    providerRef: text(255).collation('ascii_bin'),
    state: code<DisputeState>(),
    amountMinor: amount(),
    currency: currency(),
    /** The gateway's word. */
    reason: text(100),
    openedAt: instant(),
    settledAt: instant().nullable(),
  },
  uniques: [
    { name: 'disputes_school_id', properties: ['schoolId', 'id'] },
    { name: 'disputes_ref', properties: ['provider', 'providerRef'] },
  ],
  indexes: [
    { name: 'disputes_payment', properties: ['schoolId', 'paymentId'] },
    { name: 'disputes_student', properties: ['schoolId', 'studentId'] },
  ],
});

/** The customer's bank has taken a payment back, until it is decided who is right. */
export class Dispute extends DisputeSchema.class {
  static of(row: InferEntity<typeof DisputeSchema>): Dispute {
    return Object.assign(new Dispute(), row);
  }

  get amount(): Money {
    return Money.of(this.amountMinor, this.currency);
  }

  get auditDetails(): AuditDetails {
    return { paymentId: this.paymentId, studentId: this.studentId, ...this.amount.toJSON() };
  }

  /** @returns false when it was decided before */
  settle(state: 'won' | 'lost', at: Date): boolean {
    if (this.state !== 'opened') return false;
    this.state = state;
    this.settledAt = at;
    return true;
  }
}
DisputeSchema.setClass(Dispute);
