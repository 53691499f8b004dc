import type { Stripe } from 'stripe';
import type { Operation } from '../http/vendor.js';
import { billingOperations } from './billing/billing-operations.js';
import type { CheckoutSessions } from './checkout-sessions.js';
import { createCustomer } from './customers.js';
import { matches, page } from './lists.js';
import { operating } from './operating.js';
import type { Params } from './params.js';
import {
  cancelPaymentIntent,
  capturePaymentIntent,
  confirmPaymentIntent,
  createPaymentIntent,
} from './payment-intents.js';
import { detachMethod } from './payment-methods.js';
import { createRefund } from './refunds.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';

/** The part of Stripe's API that the sandbox speaks. */
export function stripeOperations(account: StripeAccount, checkouts: CheckoutSessions): Operation[] {
  const { get, post } = operating(account);
  return [
    post('customers.create', '/v1/customers', (params) => createCustomer(account, params)),
    get('customers.retrieve', '/v1/customers/:id', (_, id) => account.customer(id)),

    post('payment_intents.create', '/v1/payment_intents', (params) => createPaymentIntent(account, params)),
    get('payment_intents.retrieve', '/v1/payment_intents/:id', (_, id) => account.paymentIntent(id, 'intent')),
    post('payment_intents.confirm', '/v1/payment_intents/:id/confirm', (params, id) =>
      confirmPaymentIntent(account, account.paymentIntent(id, 'intent'), params),
    ),
    post('payment_intents.capture', '/v1/payment_intents/:id/capture', (params, id) =>
      capturePaymentIntent(account, account.paymentIntent(id, 'intent'), params),
    ),
    get('payment_intents.list', '/v1/payment_intents', (query) =>
      list(account.paymentIntents.newestFirst(), query, '/v1/payment_intents', ['customer']),
    ),
    post('payment_intents.cancel', '/v1/payment_intents/:id/cancel', (params, id) =>
      cancelPaymentIntent(account, account.paymentIntent(id, 'intent'), params),
    ),

    get('customers.list_payment_methods', '/v1/customers/:id/payment_methods', (query, id) => {
      const methods = account.paymentMethods.newestFirst().map(({ method }) => method);
      const his = methods.filter(({ customer }) => customer === account.customer(id, 'customer').id);
      return list(his, query, `/v1/customers/${id}/payment_methods`, ['type']);
    }),
    get('payment_methods.retrieve', '/v1/payment_methods/:id', (_, id) => account.paymentMethod(id).method),
    post('payment_methods.detach', '/v1/payment_methods/:id/detach', (_, id) => detachMethod(account, id)),

    post('checkout.sessions.create', '/v1/checkout/sessions', (params) => checkouts.create(params)),
    get('checkout.sessions.retrieve', '/v1/checkout/sessions/:id', (_, id) => account.checkout(id).session),
    get('checkout.sessions.list', '/v1/checkout/sessions', (query) =>
      list(
        account.checkouts.newestFirst().map(({ session }) => session),
        query,
        '/v1/checkout/sessions',
        ['payment_intent', 'customer', 'status'],
      ),
    ),
    get('checkout.sessions.list_line_items', '/v1/checkout/sessions/:id/line_items', (query, id) =>
      page(account.checkout(id).lineItems, query, `/v1/checkout/sessions/${id}/line_items`),
    ),
    post('checkout.sessions.expire', '/v1/checkout/sessions/:id/expire', (_, id) => checkouts.expire(id)),

    post('refunds.create', '/v1/refunds', (params) => createRefund(account, params)),
    get('refunds.retrieve', '/v1/refunds/:id', (_, id) => account.refund(id)),
    get('refunds.list', '/v1/refunds', (query) =>
      list(account.refunds.newestFirst(), query, '/v1/refunds', ['payment_intent', 'charge']),
    ),

    get('charges.retrieve', '/v1/charges/:id', (_, id) => account.charge(id)),
    get('charges.list', '/v1/charges', (query) =>
      list(account.charges.newestFirst(), query, '/v1/charges', ['payment_intent', 'customer']),
    ),
    get('balance_transactions.retrieve', '/v1/balance_transactions/:id', (_, id) => {
      const entry = account.balanceTransactions.get(id);
      if (!entry) throw StripeRefusal.unknown('balance_transaction', id);
      return entry;
    }),
    get('balance_transactions.list', '/v1/balance_transactions', (query) =>
      list(balanceLines(account, query), query, '/v1/balance_transactions', ['source', 'type']),
    ),

    get('events.retrieve', '/v1/events/:id', (_, id) => {
      const event = account.events.get(id);
      if (!event) throw StripeRefusal.unknown('event', id);
      return event;
    }),
    get('events.list', '/v1/events', (query) => list(account.events.newestFirst(), query, '/v1/events', ['type'])),

    ...billingOperations(account),
  ];
}

/** The lines of one payout, or since a moment. */
function balanceLines(account: StripeAccount, query: Params): Stripe.BalanceTransaction[] {
  const payout = query.text('payout');
  const since = query.inner('created').integer('gte') ?? 0;
  return account.balanceTransactions
    .newestFirst()
    .filter(({ id, created }) => created >= since && (!payout || account.paidOutBy.get(id) === payout));
}

function list(objects: { id: string }[], query: Params, url: string, filters: string[]): object {
  return page(
    objects.filter((object) => matches(object, query, filters)),
    query,
    url,
  );
}
