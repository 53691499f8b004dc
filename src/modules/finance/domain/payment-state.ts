export const paymentStates = [
  'created',
  'pending',
  'unknown',
  'authorized',
  'succeeded',
  'failed',
  'expired',
  'reversed',
] as const;
export type PaymentState = (typeof paymentStates)[number];

export const refundStates = ['requested', 'pending', 'unknown', 'succeeded', 'failed'] as const;
export type RefundState = (typeof refundStates)[number];

// Money that arrives late still counts: a failed or expired payment may yet succeed, a succeeded one never changes,
// but for one that staff took in by hand and by mistake.
const paymentMoves: Record<PaymentState, readonly PaymentState[]> = {
  created: ['pending', 'unknown', 'authorized', 'succeeded', 'failed', 'expired'],
  unknown: ['pending', 'authorized', 'succeeded', 'failed', 'expired'],
  pending: ['authorized', 'succeeded', 'failed', 'expired'],
  // Reserved at the customer's bank, and not taken yet.
  authorized: ['succeeded', 'failed', 'expired'],
  failed: ['succeeded'],
  expired: ['succeeded'],
  succeeded: ['reversed'],
  reversed: [],
};

// A refund may fail after it was done, when the student's bank sends the money back.
const refundMoves: Record<RefundState, readonly RefundState[]> = {
  requested: ['pending', 'unknown', 'succeeded', 'failed'],
  unknown: ['pending', 'succeeded', 'failed'],
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
};

export function paymentMayBecome(from: PaymentState, to: PaymentState): boolean {
  return paymentMoves[from].includes(to);
}

export function refundMayBecome(from: RefundState, to: RefundState): boolean {
  return refundMoves[from].includes(to);
}
