import type { Id } from '../../../platform/values/id.js';
import type { DisputeNews } from './gateway-books.js';
import type { SaveMethodStatus } from './gateway-methods.js';
import type { PaymentStatus } from './gateway-payment.js';
import type { RefundStatus } from './gateway-refund.js';

/** On whose account at the gateway it happened: a school's own, or the platform's (null). */
interface OnAccount {
  readonly account: string | null;
}

interface PaymentNews extends OnAccount {
  readonly about: 'payment';
  readonly schoolId: Id;
  readonly paymentId: Id;
  readonly status: PaymentStatus;
}

interface RefundNews extends OnAccount {
  readonly about: 'refund';
  readonly schoolId: Id;
  readonly refundId: Id;
  readonly status: RefundStatus;
}

interface MethodNews extends OnAccount {
  readonly about: 'method';
  readonly schoolId: Id;
  readonly methodId: Id;
  readonly status: SaveMethodStatus;
}

interface PayoutNews extends OnAccount {
  readonly about: 'payout';
  readonly ref: string;
  readonly state: 'paid' | 'failed';
}

/** Something has happened to a subscription to the platform; how it stands is to be asked for. */
interface SubscriptionNews {
  readonly about: 'subscription';
  readonly ref: string;
}

/** Something has happened to what a subscription is billed; how it stands is to be asked for. */
interface BillNews {
  readonly about: 'bill';
  readonly ref: string;
  readonly subscriptionRef: string;
}

/** What a gateway tells us by webhook, in our words. It names the school and the thing as we named them when we asked. */
export type GatewayNews =
  | PaymentNews
  | RefundNews
  | MethodNews
  | ({ readonly about: 'dispute' } & DisputeNews)
  | PayoutNews
  | SubscriptionNews
  | BillNews
  /** Kept as it came; nothing in it is for us. */
  | { readonly about: 'nothing'; readonly kind: string };
