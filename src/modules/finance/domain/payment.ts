import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import {
  amount,
  code,
  currency,
  id,
  instant,
  int,
  localDate,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { PaymentNotReversible, RefundAboveReceived } from './errors.js';
import { manualProvider, type PaymentMethod } from './payment-method.js';
import type { Invoice } from './invoice.js';
import { nextCheck } from './next-check.js';
import type { CaptureMethod } from '../ports/gateway-payment.js';
import { paymentMayBecome, type PaymentState } from './payment-state.js';

/** Paid on the gateway's page, in the school's own app, or by a saved method without the customer. */
export const paymentFlows = ['checkout', 'intent', 'charge'] as const;
export type PaymentFlow = (typeof paymentFlows)[number];

export const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    /** What it was asked for, or the first it paid; null for money on account. */
    invoiceId: id().nullable(),
    studentId: id(),
    /** Refunds and webhooks follow it. */
    provider: text(40),
    /** The school's own account at the gateway; null for the platform's. */
    accountRef: text(255).collation('ascii_bin').nullable(),
    flow: code<PaymentFlow>().default('checkout'),
    capture: code<CaptureMethod>().default('automatic'),
    /** The saved method that is charged. */
    methodId: id().nullable(),
    /** The gateway's name for the checkout. */
    providerRef: text(255).collation('ascii_bin').nullable(),
    /** The gateway's name for the money taken; refunds need it. */
    chargeRef: text(255).collation('ascii_bin').nullable(),
    state: code<PaymentState>(),
    amountMinor: amount(),
    receivedMinor: amount(),
    /** Given back or on its way back. */
    refundedMinor: amount(),
    /** Taken back by the customer's bank. */
    disputedMinor: amount().defaultRaw('0'),
    currency: currency(),
    checkoutUrl: text(2000).nullable(),
    /** The invoice while the outcome is open, so that the database allows one open payment of an invoice. */
    openFor: id().nullable(),
    failure: text(100).nullable(),
    createdAt: instant(),
    expiresAt: instant(),
    /** When the gateway is asked if it has not told us by then; null once the outcome is known. */
    nextCheckAt: instant().nullable(),
    checks: int(),
    settledAt: instant().nullable(),
    /** How it came when staff took it in; null for a gateway's. */
    method: code<PaymentMethod>().nullable(),
    receivedOn: localDate().nullable(),
    reference: text(100).nullable(),
    note: text(300).nullable(),
    recordedBy: id().nullable(),
    reversedAt: instant().nullable(),
    reversedBy: id().nullable(),
    reversalReason: text(200).nullable(),
  },
  uniques: [
    { name: 'payments_school_id', properties: ['schoolId', 'id'] },
    { name: 'payments_provider_ref', properties: ['provider', 'providerRef'] },
    { name: 'payments_open_for', properties: ['schoolId', 'openFor'] },
  ],
  indexes: [
    { name: 'payments_invoice', properties: ['schoolId', 'invoiceId'] },
    { name: 'payments_method', properties: ['schoolId', 'methodId'] },
    { name: 'payments_charge', properties: ['schoolId', 'provider', 'chargeRef'] },
    { name: 'payments_settled', properties: ['schoolId', 'provider', 'settledAt'] },
    { name: 'payments_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'payments_next_check', properties: ['nextCheckAt'] },
  ],
});

/** What is said of payments that staff take in alone. */
const byGateway = {
  method: null,
  receivedOn: null,
  reference: null,
  note: null,
  recordedBy: null,
  reversedAt: null,
  reversedBy: null,
  reversalReason: null,
  disputedMinor: 0,
} as const;

type ByHand = keyof typeof byGateway;
type PaymentRow = Omit<InferEntity<typeof PaymentSchema>, ByHand> &
  Partial<Pick<InferEntity<typeof PaymentSchema>, ByHand>>;

/** One attempt to pay an invoice through a gateway, whose id is the idempotency key of the call; or money that staff took in. */
export class Payment extends PaymentSchema.class {
  static of(row: PaymentRow): Payment {
    return Object.assign(new Payment(), byGateway, row);
  }

  /** Of what is outstanding; nothing has been asked of the gateway yet, which is checked if it is not told soon. */
  static begin(
    invoice: Pick<Invoice, 'id' | 'schoolId' | 'studentId' | 'outstanding'>,
    how: Pick<InferEntity<typeof PaymentSchema>, 'provider' | 'accountRef' | 'flow' | 'capture' | 'methodId'>,
    { now, expiresAt }: { now: Date; expiresAt: Date },
  ): Payment {
    return Payment.of({
      id: newId(),
      schoolId: invoice.schoolId,
      invoiceId: invoice.id,
      studentId: invoice.studentId,
      ...how,
      providerRef: null,
      chargeRef: null,
      state: 'created',
      amountMinor: invoice.outstanding.amount,
      receivedMinor: 0,
      refundedMinor: 0,
      currency: invoice.outstanding.currency,
      checkoutUrl: null,
      openFor: invoice.id,
      failure: null,
      createdAt: now,
      expiresAt,
      nextCheckAt: nextCheck(now, 1),
      checks: 0,
      settledAt: null,
    });
  }

  get amount(): Money {
    return Money.of(this.amountMinor, this.currency);
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    const { invoiceId, studentId, provider, method } = this;
    return { invoiceId: invoiceId ?? null, studentId, provider, ...(method && { method }), ...this.amount.toJSON() };
  }

  get received(): Money {
    return Money.of(this.receivedMinor, this.currency);
  }

  /** What has arrived and is not on its way back. */
  get refundable(): Money {
    return Money.of(this.receivedMinor - this.refundedMinor - this.disputedMinor, this.currency);
  }

  /** Taken in by staff: no gateway knows of it. */
  get isManual(): boolean {
    return this.provider === manualProvider;
  }

  get isOpen(): boolean {
    return this.openFor !== null;
  }

  /** The gateway has opened a checkout; does nothing once the outcome is known. */
  await(checkout: { ref: string; url: string | null }): void {
    this.providerRef ??= checkout.ref;
    if (!this.isOpen) return;
    this.checkoutUrl = checkout.url;
    if (paymentMayBecome(this.state, 'pending')) this.state = 'pending';
  }

  /** The money is reserved until somebody takes it, or lets it go. @returns false when that was known already */
  authorize(chargeRef: string | null, now: Date): boolean {
    if (!paymentMayBecome(this.state, 'authorized')) return false;
    this.state = 'authorized';
    this.chargeRef = chargeRef;
    this.checkLater(now);
    return true;
  }

  /** Nobody knows whether the gateway has opened a checkout: it will be asked. */
  lose(now: Date): void {
    if (paymentMayBecome(this.state, 'unknown')) this.state = 'unknown';
    this.checkLater(now);
  }

  /** The gateway was asked and could not say: ask again, ever more seldom. */
  checkLater(now: Date): void {
    if (!this.isOpen) return;
    this.checks += 1;
    this.nextCheckAt = nextCheck(now, this.checks);
  }

  /** Money has arrived. @returns false when that was known already */
  succeed(received: Money, chargeRef: string | null, at: Date): boolean {
    if (!paymentMayBecome(this.state, 'succeeded')) return false;
    this.state = 'succeeded';
    this.receivedMinor = received.amount;
    this.chargeRef = chargeRef;
    this.failure = null;
    this.close(at);
    return true;
  }

  /** No money will come this way. @returns false when the outcome was known already */
  end(state: 'failed' | 'expired', why: string | null, at: Date): boolean {
    if (!paymentMayBecome(this.state, state)) return false;
    this.state = state;
    this.failure = why?.slice(0, 100) ?? null;
    this.close(at);
    return true;
  }

  /** Staff took it in by mistake: it never came. @throws PaymentNotReversible */
  reverse(by: Id, reason: string, at: Date): void {
    if (!this.isManual || this.refundedMinor > 0 || !paymentMayBecome(this.state, 'reversed'))
      throw new PaymentNotReversible();
    this.state = 'reversed';
    this.receivedMinor = 0;
    this.reversedAt = at;
    this.reversedBy = by;
    this.reversalReason = reason;
  }

  /** Sets money aside for a refund. @throws RefundAboveReceived */
  reserveRefund(part: Money): void {
    if (part.compare(this.refundable) > 0) throw new RefundAboveReceived(this.refundable);
    this.refundedMinor += part.amount;
  }

  /** The refund did not happen. */
  releaseRefund(part: Money): void {
    this.refundedMinor -= part.amount;
  }

  private close(at: Date): void {
    this.openFor = null;
    this.nextCheckAt = null;
    this.settledAt = at;
  }
}
PaymentSchema.setClass(Payment);
