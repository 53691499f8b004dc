import type {
  Answer,
  CheckoutIntent,
  CheckoutOpened,
  PaymentStatus,
  RefundStatus,
} from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import { type Id, isId } from '../../platform/values/id.js';
import { Money } from '../../platform/values/money.js';
import { PaypalRefusal } from './paypal-client.js';

export interface PaypalAmount {
  readonly currency_code: string;
  /** Kroner, such as `650.00`. */
  readonly value: string;
}

export interface PaypalCapture {
  readonly id: string;
  readonly status: 'COMPLETED' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED' | 'FAILED';
  readonly amount: PaypalAmount;
  readonly custom_id?: string;
  readonly supplementary_data?: { readonly related_ids?: { readonly order_id?: string } };
}

export interface PaypalRefund {
  readonly id: string;
  readonly status: 'CANCELLED' | 'FAILED' | 'PENDING' | 'COMPLETED';
  readonly custom_id?: string;
}

export interface PaypalOrder {
  readonly id: string;
  readonly intent: 'CAPTURE' | 'AUTHORIZE';
  readonly status: 'CREATED' | 'SAVED' | 'APPROVED' | 'VOIDED' | 'COMPLETED' | 'PAYER_ACTION_REQUIRED';
  readonly purchase_units: readonly {
    readonly amount: PaypalAmount;
    readonly custom_id?: string;
    readonly payments?: { readonly captures?: readonly PaypalCapture[]; readonly refunds?: readonly PaypalRefund[] };
  }[];
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
}

/** In kroner, without ever being a fraction. */
export function amountOf({ amount, currency }: Money): PaypalAmount {
  const digits = String(amount).padStart(3, '0');
  return { currency_code: currency, value: `${digits.slice(0, -2)}.${digits.slice(-2)}` };
}

export function moneyOf({ currency_code: currency, value }: PaypalAmount): Money {
  const [kroner = '', decimals = ''] = value.split('.');
  return Money.of(Number(kroner + decimals.padEnd(2, '0')), currency);
}

type Kind = 'payment' | 'refund';

/** What PayPal keeps for us with a payment or a refund. */
export const customIdOf = (kind: Kind, schoolId: Id, id: Id): string => [kind, schoolId, id].join('.');

/** Null for what was made by hand at PayPal: a refund made there bears the payment's name. */
export function ours(kind: Kind, customId = ''): { readonly schoolId: Id; readonly id: Id } | null {
  const [its, schoolId, id] = customId.split('.');
  return its === kind && isId(schoolId) && isId(id) ? { schoolId, id } : null;
}

/** The invoice number is the payment's: PayPal takes no money twice under one. */
export function orderOf(intent: CheckoutIntent): object {
  const { paymentId, schoolId, amount, description, payee, locale, successUrl, cancelUrl } = intent;
  const unit = {
    amount: amountOf(amount),
    description: description.slice(0, 127),
    custom_id: customIdOf('payment', schoolId, paymentId),
    invoice_id: paymentId,
  };
  const experience = {
    brand_name: payee.slice(0, 127),
    locale: locale === 'da' ? 'da-DK' : 'en-GB',
    shipping_preference: 'NO_SHIPPING',
    user_action: 'PAY_NOW',
    return_url: successUrl,
    cancel_url: cancelUrl,
  };
  // Not in payment_source: an order that waits for the payer's action is none that PayPal lets us close.
  return { intent: 'CAPTURE', purchase_units: [unit], application_context: experience };
}

/** What was opened, which may be what the key brought back of an earlier request. */
export function opened(order: PaypalOrder, wanted: Money): CheckoutOpened | Unknown {
  const [unit] = order.purchase_units;
  if (!unit || !moneyOf(unit.amount).equals(wanted)) return { outcome: 'unknown', reason: 'another amount' };
  const url = pageOf(order);
  return url ? { outcome: 'accepted', ref: order.id, url } : { outcome: 'unknown', reason: 'order without an address' };
}

/** Where the customer pays. */
function pageOf({ links = [] }: PaypalOrder): string | null {
  return links.find(({ rel }) => rel === 'approve')?.href ?? null;
}

/** An order in our words. Of ours, only one that was closed has the intent AUTHORIZE. */
export function paymentStatus(order: PaypalOrder): PaymentStatus {
  const { id: ref, intent, status } = order;
  const capture = captureOf(order);
  if (capture?.status === 'DECLINED' || capture?.status === 'FAILED') {
    return { state: 'failed', ref, reason: capture.status.toLowerCase() };
  }
  if (capture?.status === 'PENDING') return { state: 'open', ref, url: null };
  if (capture) return { state: 'paid', ref, chargeRef: capture.id, received: moneyOf(capture.amount) };
  if (intent === 'AUTHORIZE' || status === 'VOIDED') return { state: 'expired', ref, reason: 'canceled' };
  return { state: 'open', ref, url: pageOf(order) };
}

function captureOf({ purchase_units: [unit] }: PaypalOrder): PaypalCapture | undefined {
  return unit?.payments?.captures?.[0];
}

export function refundStatus({ id: ref, status }: PaypalRefund): RefundStatus {
  if (status === 'COMPLETED') return { state: 'succeeded', ref };
  if (status === 'PENDING') return { state: 'pending', ref };
  return { state: 'failed', ref, reason: status.toLowerCase() };
}

/** The first request may have worked, or be working. */
const undecided = ['DUPLICATE_REQUEST_ID', 'PREVIOUS_REQUEST_IN_PROGRESS', 'ORDER_COMPLETION_IN_PROGRESS'];

/** What an error says about the call: refused for good, or nobody knows. */
export function afterFailure(error: unknown): Rejected | Unknown {
  if (!(error instanceof PaypalRefusal)) return { outcome: 'unknown', reason: (error as Error).message };
  const { status, said: issue, message } = error;
  // 409 says that the first request may have worked; 401 and 403 are about our keys, not about this payment.
  const final = issue !== null && !undecided.includes(issue) && [400, 404, 422].includes(status);
  return { outcome: final ? 'rejected' : 'unknown', reason: issue ?? message };
}

export async function known<Result, Status>(
  call: Promise<Result>,
  status: (result: Result) => Status,
): Promise<Answer<Status>> {
  try {
    return { outcome: 'accepted', status: status(await call) };
  } catch (error) {
    return afterFailure(error);
  }
}
