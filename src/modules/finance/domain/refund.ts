import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import { amount, code, currency, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { Payment } from './payment.js';
import type { PaymentMethod } from './payment-method.js';
import { nextCheck } from './next-check.js';
import { refundMayBecome, type RefundState } from './payment-state.js';

export const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refunds',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    paymentId: id(),
    studentId: id(),
    amountMinor: amount(),
    currency: currency(),
    state: code<RefundState>(),
    providerRef: text(255).collation('ascii_bin').nullable(),
    reason: text(200),
    requestedBy: id(),
    failure: text(100).nullable(),
    createdAt: instant(),
    nextCheckAt: instant().nullable(),
    checks: int(),
    settledAt: instant().nullable(),
    /** How it was paid out by hand; null when the gateway gives it back. */
    method: code<PaymentMethod>().nullable(),
    /** The line of the gateway's books that it was taken over from; null for one that we asked for. */
    movementId: id().nullable(),
  },
  uniques: [
    { name: 'refunds_school_id', properties: ['schoolId', 'id'] },
    { name: 'refunds_movement', properties: ['schoolId', 'movementId'] },
  ],
  indexes: [
    { name: 'refunds_provider_ref', properties: ['schoolId', 'providerRef'] },
    { name: 'refunds_payment', properties: ['schoolId', 'paymentId'] },
    { name: 'refunds_student', properties: ['schoolId', 'studentId'] },
    { name: 'refunds_next_check', properties: ['nextCheckAt'] },
  ],
});

interface RefundDecision {
  readonly by: Id;
  readonly reason: string;
  readonly movementId?: Id | null;
}

/** Money going back the way it came. Its id is the idempotency key of the call. */
export class Refund extends RefundSchema.class {
  static of(row: InferEntity<typeof RefundSchema>): Refund {
    return Object.assign(new Refund(), row);
  }

  /** Decided by somebody, or taken over from a line of the gateway's books; sets the money aside. @throws RefundAboveReceived */
  static begin(payment: Payment, part: Money, { by, reason, movementId = null }: RefundDecision, now: Date): Refund {
    payment.reserveRefund(part);
    return Refund.of({
      id: newId(),
      schoolId: payment.schoolId,
      paymentId: payment.id,
      studentId: payment.studentId,
      amountMinor: part.amount,
      currency: part.currency,
      state: 'requested',
      providerRef: null,
      reason,
      requestedBy: by,
      failure: null,
      createdAt: now,
      nextCheckAt: nextCheck(now, 1),
      checks: 0,
      settledAt: null,
      method: null,
      movementId,
    });
  }

  get amount(): Money {
    return Money.of(this.amountMinor, this.currency);
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    return { paymentId: this.paymentId, studentId: this.studentId, ...this.amount.toJSON() };
  }

  /** Staff pays it out: no gateway is asked. */
  byHand(method: PaymentMethod): void {
    this.method = method;
    this.nextCheckAt = null;
  }

  get isOpen(): boolean {
    return this.settledAt === null;
  }

  /** The gateway has taken it and will say when it is done, or cannot say whether it has. */
  wait(state: 'pending' | 'unknown', providerRef: string | null, now: Date): void {
    this.providerRef ??= providerRef;
    if (!this.isOpen) return;
    if (refundMayBecome(this.state, state)) this.state = state;
    this.checks += 1;
    this.nextCheckAt = nextCheck(now, this.checks);
  }

  /** @returns false when the outcome was known already */
  finish(state: 'succeeded' | 'failed', outcome: { ref: string | null; failure?: string }, at: Date): boolean {
    this.providerRef ??= outcome.ref;
    if (!refundMayBecome(this.state, state)) return false;
    this.state = state;
    this.failure = outcome.failure?.slice(0, 100) ?? null;
    this.nextCheckAt = null;
    this.settledAt = at;
    return true;
  }
}
RefundSchema.setClass(Refund);
