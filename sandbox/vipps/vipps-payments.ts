import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../http/bounded-map.js';
import { VippsProblem } from './vipps-problem.js';

interface Amount {
  currency: string;
  value: number;
}

/** What happened to a payment; told by webhook too. */
export interface VippsEvent {
  reference: string;
  pspReference: string;
  name: string;
  amount: Amount;
  timestamp: string;
  idempotencyKey: string | null;
  success: boolean;
}

export interface VippsRecord {
  readonly reference: string;
  readonly pspReference: string;
  readonly amount: Amount;
  readonly redirectUrl: string;
  readonly returnUrl: string;
  readonly description: string;
  readonly metadata: Record<string, string> | null;
  state: 'CREATED' | 'ABORTED' | 'EXPIRED' | 'AUTHORIZED' | 'TERMINATED';
  authorized: number;
  cancelled: number;
  captured: number;
  refunded: number;
  events: VippsEvent[];
}

interface NewPayment {
  reference: string;
  amount: Amount;
  returnUrl?: string;
  paymentDescription?: string;
  metadata?: Record<string, string>;
}

/** In øre: no cover, refused by the bank, suspected fraud, limit, expired card, invalid card, 3-D Secure failed. */
const REFUSED_AMOUNTS = new Set([151, 182, 183, 184, 186, 187, 197]);

/** The payments of one sales unit. */
export class VippsPayments {
  readonly all = new BoundedMap<string, VippsRecord>();
  private untold: VippsEvent[] = [];

  constructor(private readonly landingPageUrl: (reference: string) => string) {}

  create(wanted: NewPayment, key: string): object {
    const { reference, amount, returnUrl = '/', paymentDescription: description = '', metadata = null } = wanted;
    if (this.all.has(reference)) throw new VippsProblem(409, 'Reference already used');
    if (amount.value < 1) throw new VippsProblem(400, 'Amount too small');
    const redirectUrl = this.landingPageUrl(reference);
    const payment: VippsRecord = {
      reference,
      pspReference: randomUUID(),
      amount,
      redirectUrl,
      returnUrl,
      description,
      metadata,
      state: 'CREATED',
      authorized: 0,
      cancelled: 0,
      captured: 0,
      refunded: 0,
      events: [],
    };
    this.all.set(reference, payment);
    this.note(payment, 'CREATED', amount.value, key);
    return { reference, redirectUrl };
  }

  get(reference: string): VippsRecord {
    const payment = this.all.get(reference);
    if (!payment) throw new VippsProblem(404, 'Payment not found');
    return payment;
  }

  view(payment: VippsRecord): object {
    const { redirectUrl, metadata } = payment;
    return { ...stand(payment), redirectUrl, metadata, paymentMethod: { type: 'WALLET' }, profile: {} };
  }

  /** As in the vendor's test environment, some amounts are refused by the bank; the customer may try again. */
  approve(payment: VippsRecord): void {
    if (REFUSED_AMOUNTS.has(payment.amount.value)) {
      this.note(payment, 'AUTHORIZED', payment.amount.value, null, false);
      return;
    }
    this.decide(payment, 'AUTHORIZED');
    payment.authorized = payment.amount.value;
  }

  /** Ends it before anybody has approved it: the customer said no, or was too late. */
  end(payment: VippsRecord, how: 'ABORTED' | 'EXPIRED'): void {
    this.decide(payment, how);
  }

  capture(payment: VippsRecord, { value }: Amount, key: string): object {
    const { state, authorized, captured, cancelled } = payment;
    if (state !== 'AUTHORIZED') throw new VippsProblem(400, 'Cannot capture before reservation');
    if (value < 1 || value > authorized - captured - cancelled) throw new VippsProblem(400, 'Capture amount too high');
    payment.captured += value;
    this.note(payment, 'CAPTURED', value, key);
    return stand(payment, value);
  }

  cancel(payment: VippsRecord, key: string): object {
    if (payment.state === 'CREATED') {
      payment.state = 'TERMINATED';
      payment.cancelled = payment.amount.value;
      this.note(payment, 'TERMINATED', payment.cancelled, key);
      return stand(payment);
    }
    const rest = payment.authorized - payment.captured - payment.cancelled;
    if (payment.state !== 'AUTHORIZED' || rest === 0) throw new VippsProblem(400, 'Nothing to cancel');
    payment.cancelled += rest;
    this.note(payment, 'CANCELLED', rest, key);
    return stand(payment, rest);
  }

  refund(payment: VippsRecord, { value }: Amount, key: string): object {
    if (value < 1 || value > payment.captured - payment.refunded) {
      throw new VippsProblem(400, 'Refund amount too high');
    }
    payment.refunded += value;
    this.note(payment, 'REFUNDED', value, key);
    return stand(payment, value);
  }

  takeUntold(): VippsEvent[] {
    return this.untold.splice(0);
  }

  clear(): void {
    this.all.clear();
    this.untold = [];
  }

  private decide(payment: VippsRecord, state: 'AUTHORIZED' | 'ABORTED' | 'EXPIRED'): void {
    if (payment.state !== 'CREATED') throw new VippsProblem(409, 'Not waiting for the customer');
    payment.state = state;
    this.note(payment, state, payment.amount.value, null);
  }

  private note(payment: VippsRecord, name: string, value: number, idempotencyKey: string | null, success = true): void {
    const { reference, amount, events } = payment;
    const event: VippsEvent = {
      reference,
      pspReference: randomUUID(),
      name,
      amount: { ...amount, value },
      timestamp: new Date().toISOString(),
      idempotencyKey,
      success,
    };
    events.push(event);
    this.untold.push(event);
  }
}

/** How it stands; after a change, with the amount of the change. */
function stand(payment: VippsRecord, value = payment.amount.value): object {
  const { reference, pspReference, state, amount, authorized, cancelled, captured, refunded } = payment;
  const of = (sum: number): Amount => ({ ...amount, value: sum });
  const aggregate = {
    authorizedAmount: of(authorized),
    cancelledAmount: of(cancelled),
    capturedAmount: of(captured),
    refundedAmount: of(refunded),
  };
  return { reference, pspReference, state, amount: of(value), aggregate };
}
