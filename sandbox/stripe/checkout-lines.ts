import { token } from '../http/tokens.js';
import type { SandboxPrice } from './billing/billing-records.js';
import { newPrice } from './billing/prices.js';
import type { LineItem } from './checkout-record.js';
import { idOf } from './id-of.js';
import type { Params } from './params.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';

/** Reads `line_items`: stored prices, or prices made on the spot. */
export function readLineItems(account: StripeAccount, params: Params): LineItem[] {
  const items = params.items('line_items');
  if (items.length === 0) throw StripeRefusal.missing('line_items');
  const lines = items.map((item) => readLineItem(account, item));
  if (lines.some((line) => line.currency !== lines[0]?.currency)) {
    throw StripeRefusal.invalid('All line items must have the same currency.', 'line_items');
  }
  return lines;
}

function readLineItem(account: StripeAccount, item: Params): LineItem {
  const quantity = item.integer('quantity') ?? 1;
  if (quantity < 1) throw StripeRefusal.invalid('Invalid amount or quantity.', 'line_items');
  const stored = item.text('price');
  if (stored === undefined) return spotLine(item, quantity);
  const price = account.price(stored, 'line_items[0][price]');
  return lineOf(account.product(idOf(price.product)).name, price, quantity);
}

function spotLine(item: Params, quantity: number): LineItem {
  if (!item.has('price_data')) throw StripeRefusal.missing('line_items[0][price]');
  const data = item.inner('price_data');
  if (data.has('recurring')) throw StripeRefusal.invalid('The sandbox subscribes to stored prices only.', 'line_items');
  const price = newPrice({
    product: token('prod_', 14),
    currency: data.requiredText('currency').toLowerCase(),
    unitAmount: data.requiredInteger('unit_amount'),
    recurring: null,
  });
  return lineOf(data.inner('product_data').requiredText('name'), price, quantity);
}

function lineOf(description: string, price: SandboxPrice, quantity: number): LineItem {
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: token('li_'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description,
    metadata: {},
    price,
    quantity,
  };
}
