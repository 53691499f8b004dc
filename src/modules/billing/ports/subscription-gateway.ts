import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import type { Answer } from '../../finance/index.js';
import type { Bill, BillPage, BillQuery } from './bill.js';
import type {
  PortalOpened,
  PortalVisit,
  SubscriptionCancellation,
  SubscriptionChange,
  SubscriptionCheckoutOpened,
  SubscriptionCheckoutStatus,
  SubscriptionIntent,
  SubscriptionStatus,
} from './subscription.js';

export type * from './bill.js';
export type * from './subscription.js';

/**
 * Takes the platform's monthly fee, on the platform's own account. Answers in our words, and throws only for our own
 * mistakes. Its webhooks say no more than "look": whoever hears one fetches how things stand, so order and repeats do not matter.
 */
export abstract class SubscriptionGateway {
  /** Stored on every subscription. */
  abstract readonly provider: string;

  /** The same subscription id opens one page, however often it is asked for. */
  abstract openCheckout(intent: SubscriptionIntent): Promise<SubscriptionCheckoutOpened | Rejected | Unknown>;

  abstract fetchCheckout(ref: string): Promise<Answer<SubscriptionCheckoutStatus>>;

  abstract fetch(ref: string): Promise<Answer<SubscriptionStatus>>;

  /** The gateway counts by the day what the change costs or gives back, on the next bill. */
  abstract change(change: SubscriptionChange): Promise<Answer<SubscriptionStatus>>;

  /** At the end of what is paid, or at once. */
  abstract cancel(
    cancellation: SubscriptionCancellation & { readonly atPeriodEnd: boolean },
  ): Promise<Answer<SubscriptionStatus>>;

  /** Takes a cancellation back, until it has come. */
  abstract resume(cancellation: SubscriptionCancellation): Promise<Answer<SubscriptionStatus>>;

  /** Where the school changes its card and sees the gateway's receipts. */
  abstract openPortal(visit: PortalVisit): Promise<PortalOpened | Rejected | Unknown>;

  abstract fetchBill(ref: string): Promise<Answer<Bill>>;

  /** The bills of all subscriptions, newest first; for what no webhook told. */
  abstract listBills(query: BillQuery): Promise<Answer<BillPage>>;
}
