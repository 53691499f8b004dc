import type Stripe from 'stripe';
import type { SubscriptionIntent } from '../../modules/billing/index.js';

const dayMs = 86_400_000;
/** Stripe takes no moment nearer than two days as the end of a trial; the minutes are for the request's own way. */
const nearestTrialEndMs = 2 * dayMs + 300_000;

/** The page on which a school leaves its card. */
export function subscriptionPageOf(
  intent: SubscriptionIntent,
  customer: string,
  price: string,
): Stripe.Checkout.SessionCreateParams {
  // Our ids travel as metadata, so that what Stripe tells finds back.
  const metadata = { school_id: intent.schoolId, subscription_id: intent.subscriptionId };
  return {
    mode: 'subscription',
    allowed_payment_method_types: ['card'],
    customer,
    line_items: [{ price, quantity: intent.seats }],
    client_reference_id: intent.subscriptionId,
    metadata,
    subscription_data: { metadata, ...trialOf(intent.trialEndsAt) },
    locale: intent.locale,
    success_url: intent.successUrl,
    cancel_url: intent.cancelUrl,
  };
}

export function customerOf({ schoolId, customer, locale }: SubscriptionIntent): Stripe.CustomerCreateParams {
  const { name, email } = customer;
  return { name, email, preferred_locales: [locale], metadata: { school_id: schoolId } };
}

type Trial = Pick<Stripe.Checkout.SessionCreateParams.SubscriptionData, 'trial_end' | 'trial_period_days'>;

/** What is left of the trial: to the second where Stripe takes that, else in whole days, to the school's advantage. */
function trialOf(endsAt: Date | null): Trial {
  const left = endsAt ? endsAt.getTime() - Date.now() : 0;
  if (!endsAt || left <= 0) return {};
  if (left >= nearestTrialEndMs) return { trial_end: Math.floor(endsAt.getTime() / 1_000) };
  return { trial_period_days: Math.ceil(left / dayMs) };
}
