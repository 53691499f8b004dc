import type { Answer, PaymentStatus } from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import { Money } from '../../platform/values/money.js';
import { VippsRefusal } from './vipps-client.js';

export interface VippsAmount {
  readonly currency: string;
  readonly value: number;
}

/** A payment as it is read, and as it stands after it was changed. */
export interface VippsPayment {
  readonly reference: string;
  readonly amount: VippsAmount;
  readonly state: 'CREATED' | 'ABORTED' | 'EXPIRED' | 'AUTHORIZED' | 'TERMINATED';
  readonly redirectUrl?: string;
  readonly aggregate: Record<'authorizedAmount' | 'cancelledAmount' | 'capturedAmount' | 'refundedAmount', VippsAmount>;
  readonly metadata?: Readonly<Record<string, string>> | null;
}

/** What a webhook says, and a line of a payment's history. */
export interface VippsEvent {
  readonly reference: string;
  readonly pspReference: string;
  readonly name: string;
  readonly idempotencyKey?: string | null;
  readonly success: boolean;
}

const money = ({ value, currency }: VippsAmount) => Money.of(value, currency);

/** A payment in our words. */
export function paymentStatus({ reference: ref, state, redirectUrl, aggregate }: VippsPayment): PaymentStatus {
  if (aggregate.capturedAmount.value > 0) {
    return { state: 'paid', ref, chargeRef: ref, received: money(aggregate.capturedAmount) };
  }
  if (state === 'CREATED') return { state: 'open', ref, url: redirectUrl ?? null };
  if (state === 'AUTHORIZED' && aggregate.cancelledAmount.value === 0) {
    return { state: 'authorized', ref, chargeRef: ref, reserved: money(aggregate.authorizedAmount) };
  }
  if (state === 'ABORTED') return { state: 'failed', ref, reason: 'aborted' };
  return { state: 'expired', ref, reason: state === 'EXPIRED' ? null : 'canceled' };
}

/** Whether some of a payment that has been taken in part is still reserved. */
export function holdsARest({ aggregate }: VippsPayment): boolean {
  const { authorizedAmount, cancelledAmount, capturedAmount } = aggregate;
  return capturedAmount.value > 0 && authorizedAmount.value > capturedAmount.value + cancelledAmount.value;
}

/** What an error says about the call: refused for good, or nobody knows. */
export function afterFailure(error: unknown): Rejected | Unknown {
  if (!(error instanceof VippsRefusal)) return { outcome: 'unknown', reason: (error as Error).message };
  // 409 says that the first request may have worked; 401 and 403 are about our keys, not about this payment.
  const final = error.said !== null && (error.status === 400 || error.status === 404);
  return { outcome: final ? 'rejected' : 'unknown', reason: error.said ?? error.message };
}

export async function known<Result, Status>(
  call: Promise<Result>,
  status: (result: Result) => Status,
): Promise<Answer<Status>> {
  try {
    return { outcome: 'accepted', status: status(await call) };
  } catch (error) {
    return afterFailure(error);
  }
}
