import type { Stripe } from 'stripe';
import type { SandboxPrice } from './billing/billing-records.js';
import type { Decline, Instrument } from './test-cards.js';

/** A line of a checkout, as it travels: decimals as text. */
export type LineItem = Omit<Stripe.LineItem, 'price'> & { price: SandboxPrice };

/** What a subscription will be, once the customer has left his card. */
export interface CheckoutSubscription {
  metadata: Record<string, string>;
  trialEnd: number | undefined;
  trialDays: number | undefined;
}

/** A checkout session with what its page needs and the API does not show. */
export interface CheckoutRecord {
  session: Stripe.Checkout.Session;
  lineItems: LineItem[];
  /** Who is paid, as the page says it. */
  merchant: string;
  /** What the payment intent will carry when there is one. */
  payment: {
    metadata: Record<string, string>;
    description: string | undefined;
    receiptEmail: string | undefined;
    manual: boolean;
    applicationFee: number | undefined;
  };
  /** What the setup intent will carry, in setup mode. */
  setup: { metadata: Record<string, string> };
  /** What will begin, in subscription mode. */
  subscription: CheckoutSubscription | undefined;
  /** Set while the customer stands before the bank's 3-D Secure step. */
  authenticating?: Instrument | undefined;
  lastDecline?: Decline | undefined;
}
