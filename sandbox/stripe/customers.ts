import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import type { Params } from './params.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';

export function createCustomer(account: StripeAccount, params: Params): Stripe.Customer {
  const customer: Stripe.Customer = {
    id: token('cus_', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: params.text('description') ?? null,
    email: params.text('email') ?? null,
    invoice_prefix: token('', 8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: params.metadata(),
    name: params.text('name') ?? null,
    phone: params.text('phone') ?? null,
    preferred_locales: params.texts('preferred_locales'),
    shipping: null,
    tax_exempt: 'none',
  };
  account.customers.set(customer.id, customer);
  account.emit('customer.created', customer);
  return customer;
}
