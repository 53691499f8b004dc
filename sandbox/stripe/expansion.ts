import { shownInvoice } from './billing/invoices.js';
import { listOf } from './list-of.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';

type Json = Record<string, unknown>;

/** A copy of the object with the named ids replaced by what they point at (`expand[]=payment_intent.latest_charge`). */
export function expanded(account: StripeAccount, object: object, paths: readonly string[]): object {
  const copy = structuredClone(object) as Json;
  for (const path of paths) {
    // In a list, `data.source` is the source of each.
    const [first = '', ...rest] = path.split('.');
    if (first === 'data') for (const one of copy['data'] as Json[]) expandPath(account, one, rest, path);
    else expandPath(account, copy, [first, ...rest], path);
  }
  return copy;
}

function expandPath(account: StripeAccount, object: Json, [field = '', ...rest]: string[], path: string): void {
  const value = listedOnly[field]?.(account, object) ?? object[field];
  // Disputes and payouts stay ids: the vendor's description of a source does not have them.
  if (value === null || (typeof value === 'string' && field === 'source' && /^(dp|po)_/.test(value))) return;
  const inner = typeof value === 'string' ? structuredClone(lookUp(account, value)) : value;
  if (typeof inner !== 'object') throw StripeRefusal.invalid(`This property cannot be expanded (${path}).`, 'expand');
  object[field] = inner;
  if (rest.length === 0) return;
  for (const one of Array.isArray(inner) ? inner : [inner]) expandPath(account, one as Json, rest, path);
}

/** Lists that an object shows only to those who ask. */
const listedOnly: Record<string, (account: StripeAccount, object: Json) => object | undefined> = {
  line_items: lineItemsOf,
  payments: paymentsOf,
};

function paymentsOf(account: StripeAccount, invoice: Json): object | undefined {
  const record = account.invoices.get(String(invoice['id']));
  return record && structuredClone(listOf(record.payments, `/v1/invoice_payments?invoice=${record.invoice.id}`));
}

function lineItemsOf(account: StripeAccount, session: Json): object | undefined {
  const record = account.checkouts.get(String(session['id']));
  return record && structuredClone(listOf(record.lineItems, `/v1/checkout/sessions/${record.session.id}/line_items`));
}

function lookUp(account: StripeAccount, id: string): object | undefined {
  const { customers, paymentIntents, charges, refunds, balanceTransactions, setupIntents, paymentMethods } = account;
  const all = [customers, paymentIntents, charges, refunds, balanceTransactions, setupIntents];
  const record = account.invoices.get(id);
  return (
    all.map((some) => some.get(id)).find(Boolean) ??
    paymentMethods.get(id)?.method ??
    account.subscriptions.get(id)?.subscription ??
    (record && shownInvoice(record))
  );
}
