import type { Operation } from '../../http/vendor.js';
import { matches, page } from '../lists.js';
import { operating } from '../operating.js';
import type { Params } from '../params.js';
import type { StripeAccount } from '../stripe-account.js';
import { shownInvoice, subscriptionIdOf } from './invoices.js';
import { openPortal } from './portal.js';
import { createPrice, createProduct } from './prices.js';
import { cancelSubscription, updateSubscription } from './subscription-changes.js';

/** The part of Stripe's Billing that the sandbox speaks. */
export function billingOperations(account: StripeAccount): Operation[] {
  const { get, post, remove } = operating(account);
  return [
    post('products.create', '/v1/products', (params) => createProduct(account, params)),
    get('products.retrieve', '/v1/products/:id', (_, id) => account.product(id)),
    post('prices.create', '/v1/prices', (params) => createPrice(account, params)),
    get('prices.retrieve', '/v1/prices/:id', (_, id) => account.price(id)),
    get('prices.list', '/v1/prices', (query) => page(pricesBy(account, query), query, '/v1/prices')),

    get('subscriptions.retrieve', '/v1/subscriptions/:id', (_, id) => account.subscription(id).subscription),
    post('subscriptions.update', '/v1/subscriptions/:id', (params, id) => updateSubscription(account, id, params)),
    remove('subscriptions.cancel', '/v1/subscriptions/:id', (query, id) => cancelSubscription(account, id, query)),

    get('invoices.retrieve', '/v1/invoices/:id', (_, id) => shownInvoice(account.invoice(id))),
    get('invoices.list', '/v1/invoices', (query) => page(invoicesBy(account, query), query, '/v1/invoices')),
    // The vendor's description that there is has no such path.
    {
      ...get('invoices.list_lines', '/v1/invoices/:id/lines', (query, id) =>
        page(account.invoice(id).lines, query, `/v1/invoices/${id}/lines`),
      ),
      undescribed: true,
    },
    // It takes the answer for a session of the checkout.
    {
      ...post('billing_portal.sessions.create', '/v1/billing_portal/sessions', (params) => openPortal(account, params)),
      undescribed: 'answer',
    },
  ];
}

function pricesBy({ prices }: StripeAccount, query: Params) {
  const keys = query.texts('lookup_keys');
  return prices
    .newestFirst()
    .filter(({ lookup_key: key }) => keys.length === 0 || keys.includes(key ?? ''))
    .filter((price) => matches(price, query, ['product', 'currency', 'type']));
}

function invoicesBy({ invoices }: StripeAccount, query: Params) {
  const since = query.inner('created').integer('gte') ?? 0;
  const subscription = query.text('subscription');
  return invoices
    .newestFirst()
    .filter(({ invoice }) => invoice.created >= since && matches(invoice, query, ['customer', 'status']))
    .filter(({ invoice }) => subscription === undefined || subscriptionIdOf(invoice) === subscription)
    .map((record) => shownInvoice(record));
}
