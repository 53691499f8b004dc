import { token } from '../../http/tokens.js';
import type { StripeAccount } from '../stripe-account.js';
import { idOf } from '../id-of.js';
import type { SandboxInvoiceLine, SandboxPrice, SubscriptionRecord } from './billing-records.js';

interface Seats {
  price: SandboxPrice;
  quantity: number;
}

interface Line extends Seats {
  text: string;
  amount: number;
  start: number;
  end: number;
  proration?: true;
}

/** The coming month of a subscription, or its trial, which costs nothing. */
export function periodLine(account: StripeAccount, record: SubscriptionRecord, trial = false): SandboxInvoiceLine {
  const {
    price,
    quantity = 1,
    current_period_start: start,
    current_period_end: end,
  } = record.subscription.items.data[0]!;
  const name = productName(account, price);
  const each = `${((price.unit_amount ?? 0) / 100).toFixed(2)} ${price.currency.toUpperCase()}`;
  const text = trial ? `Trial period for ${name}` : `${quantity} × ${name} (at ${each} / month)`;
  return newLine(record, { price, quantity, text, amount: trial ? 0 : costOf({ price, quantity }), start, end });
}

/** What a change in the middle of a month gives back and costs, by the second. */
export function prorationLines(account: StripeAccount, record: SubscriptionRecord, from: Seats, to: Seats) {
  const { current_period_start: start, current_period_end: end } = record.subscription.items.data[0]!;
  const share = Math.max(0, end - record.clock) / (end - start);
  const day = new Date(record.clock * 1_000).toISOString().slice(0, 10);
  const line = (seats: Seats, word: string, sign: 1 | -1) =>
    newLine(record, {
      ...seats,
      text: `${word} time on ${seats.quantity} × ${productName(account, seats.price)} after ${day}`,
      amount: sign * Math.round(costOf(seats) * share),
      start: record.clock,
      end,
      proration: true,
    });
  return [line(from, 'Unused', -1), line(to, 'Remaining', 1)];
}

const costOf = ({ price, quantity }: Seats) => (price.unit_amount ?? 0) * quantity;

function productName(account: StripeAccount, { product }: SandboxPrice): string {
  return account.product(idOf(product)).name;
}

function newLine({ subscription }: SubscriptionRecord, line: Line): SandboxInvoiceLine {
  const { price, quantity, amount } = line;
  return {
    id: token('il_'),
    object: 'line_item',
    amount,
    currency: subscription.currency,
    description: line.text,
    discount_amounts: [],
    discountable: !line.proration,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: { ...subscription.metadata },
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: line.proration ? token('ii_') : null,
        proration: line.proration ?? false,
        proration_details: line.proration ? { credited_items: null } : null,
        subscription: subscription.id,
        subscription_item: subscription.items.data[0]!.id,
      },
    },
    period: { start: line.start, end: line.end },
    pretax_credit_amounts: [],
    pricing: {
      type: 'price_details',
      price_details: { price: price.id, product: idOf(price.product) },
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}
