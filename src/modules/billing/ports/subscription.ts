import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';

/** What a school subscribes to. */
export interface SubscriptionPlanAt {
  readonly code: string;
  readonly name: string;
  /** For a month and one seat, VAT included. */
  readonly unitPrice: Money;
}

/** A school is about to subscribe, on the gateway's own page. The subscription's id is the idempotency key. */
export interface SubscriptionIntent {
  readonly subscriptionId: Id;
  readonly schoolId: Id;
  /** The school at the gateway; null when it is not known there yet. */
  readonly customerRef: string | null;
  readonly customer: { readonly name: string; readonly email: string };
  readonly plan: SubscriptionPlanAt;
  readonly seats: number;
  /** Nothing is owed until then; null or past when it is owed at once. */
  readonly trialEndsAt: Date | null;
  readonly locale: 'da' | 'en';
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export interface SubscriptionCheckoutOpened {
  readonly outcome: 'accepted';
  readonly ref: string;
  /** Where the school leaves its card. */
  readonly url: string;
}

/** `incomplete`: the first payment is still awaited. `canceled` is for ever. */
export type SubscriptionState = 'incomplete' | 'trialing' | 'active' | 'past_due' | 'unpaid' | 'canceled';

/** A subscription by the gateway's own evidence. */
export interface SubscriptionStatus {
  readonly ref: string;
  readonly customerRef: string;
  /** As we named it when it was opened; null when it was not opened by us. */
  readonly subscriptionId: Id | null;
  readonly state: SubscriptionState;
  readonly planCode: string | null;
  readonly seats: number;
  readonly currentPeriodEnd: Date | null;
  readonly trialEndsAt: Date | null;
  /** When it ends by itself; null while nobody has cancelled it. */
  readonly cancelsAt: Date | null;
}

/** How the page stands on which a school subscribes. */
export type SubscriptionCheckoutStatus =
  | { readonly state: 'open' | 'expired' }
  | { readonly state: 'complete'; readonly subscription: SubscriptionStatus };

/** Another plan, another number of seats, or both. The change's id is the idempotency key. */
export interface SubscriptionChange {
  readonly ref: string;
  readonly changeId: Id;
  readonly plan: SubscriptionPlanAt;
  readonly seats: number;
}

/** A subscription is cancelled, or its cancellation taken back. The change's id is the idempotency key. */
export interface SubscriptionCancellation {
  readonly ref: string;
  readonly changeId: Id;
}

export interface PortalVisit {
  readonly customerRef: string;
  readonly returnUrl: string;
  readonly locale: 'da' | 'en';
}

export interface PortalOpened {
  readonly outcome: 'accepted';
  /** Where the school changes its card; for minutes. */
  readonly url: string;
}
