import { randomBytes } from 'node:crypto';
import { PaypalProblem } from './paypal-problem.js';
import type { Amount, PaypalOrders } from './paypal-orders.js';

export type DisputeOutcome =
  | 'RESOLVED_BUYER_FAVOUR'
  | 'RESOLVED_SELLER_FAVOUR'
  | 'RESOLVED_WITH_PAYOUT'
  | 'CANCELED_BY_BUYER'
  | 'ACCEPTED'
  | 'DENIED';

/** What the sandbox plays of a dispute, as its webhooks show it. */
export interface PaypalDispute {
  readonly dispute_id: string;
  readonly create_time: string;
  readonly disputed_transactions: readonly { readonly seller_transaction_id: string }[];
  readonly reason: string;
  readonly dispute_amount: Amount;
  status: 'OPEN' | 'UNDER_REVIEW' | 'RESOLVED';
  dispute_life_cycle_stage: 'INQUIRY' | 'CHARGEBACK';
  dispute_outcome?: { outcome_code: DisputeOutcome };
}

/** Customers who want their money back, and what PayPal decides. */
export class PaypalDisputes {
  constructor(private readonly orders: PaypalOrders) {}

  open(captureId: string, amount?: Amount): PaypalDispute {
    const { capture } = this.orders.captured(captureId);
    const dispute: PaypalDispute = {
      dispute_id: `PP-R-${randomBytes(4).toString('hex').toUpperCase()}`,
      create_time: new Date().toISOString(),
      disputed_transactions: [{ seller_transaction_id: capture.id }],
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      dispute_amount: amount ?? capture.amount,
      status: 'OPEN',
      dispute_life_cycle_stage: 'INQUIRY',
    };
    this.orders.note('CUSTOMER.DISPUTE.CREATED', 'dispute', dispute);
    return dispute;
  }

  escalate(dispute: PaypalDispute): void {
    if (dispute.status === 'RESOLVED') throw new PaypalProblem(422, 'DISPUTE_ALREADY_RESOLVED');
    Object.assign(dispute, { status: 'UNDER_REVIEW', dispute_life_cycle_stage: 'CHARGEBACK' });
    this.orders.note('CUSTOMER.DISPUTE.UPDATED', 'dispute', dispute);
  }

  decide(dispute: PaypalDispute, outcome: DisputeOutcome): void {
    if (dispute.status === 'RESOLVED') throw new PaypalProblem(422, 'DISPUTE_ALREADY_RESOLVED');
    Object.assign(dispute, { status: 'RESOLVED', dispute_outcome: { outcome_code: outcome } });
    this.orders.note('CUSTOMER.DISPUTE.RESOLVED', 'dispute', dispute);
  }
}
