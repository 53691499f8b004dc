import type { Stripe } from 'stripe';

/** Objects as they travel: decimals as text. */
export type SandboxPrice = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string };
export type SandboxPlan = Omit<Stripe.Plan, 'amount_decimal'> & { amount_decimal: string };
export type SandboxItem = Omit<Stripe.SubscriptionItem, 'price' | 'plan'> & { price: SandboxPrice; plan: SandboxPlan };
export type SandboxSubscription = Omit<Stripe.Subscription, 'items'> & { items: { data: SandboxItem[] } };
export type SandboxInvoiceLine = Omit<Stripe.InvoiceLineItem, 'pricing' | 'quantity_decimal'> & {
  pricing: Omit<Stripe.InvoiceLineItem.Pricing, 'unit_amount_decimal'> & { unit_amount_decimal: string };
  quantity_decimal: string;
};

/** A subscription with what the API does not show. */
export interface SubscriptionRecord {
  subscription: SandboxSubscription;
  /** The subscription's own time, in seconds; it moves when it is told to. */
  clock: number;
  /** What changes have cost and given back since the last bill. */
  pending: SandboxInvoiceLine[];
  /** The customer has been told that the trial ends soon. */
  trialWarned: boolean;
  /** What becomes of it when nobody has paid after the last attempt. */
  afterRetries: 'unpaid' | 'canceled';
}

/** An invoice with all of its lines, of which the API shows the first. */
export interface InvoiceRecord {
  invoice: Omit<Stripe.Invoice, 'lines'>;
  lines: SandboxInvoiceLine[];
  payments: Stripe.InvoicePayment[];
}

/** A visit to the page where a customer looks after his card. */
export interface PortalRecord {
  id: string;
  url: string;
  customer: string;
  returnUrl: string | null;
  locale: string | null;
}
