import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';

/** The intent of a checkout in setup mode, once the customer has left his card. */
export function succeededSetup(
  account: StripeAccount,
  of: { customer: string; paymentMethod: string; metadata: Record<string, string> },
): Stripe.SetupIntent {
  const id = token('seti_');
  const intent: Stripe.SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_${token('secret_')}`,
    created: now(),
    customer: of.customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: of.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: of.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'succeeded',
    usage: 'off_session',
  };
  account.setupIntents.set(id, intent);
  account.emit('setup_intent.succeeded', intent);
  return intent;
}
