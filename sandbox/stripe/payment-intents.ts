import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { captureCharge, chargeInstrument, recordDecline } from './charges.js';
import type { Params } from './params.js';
import { now } from './now.js';
import { savedInstrument } from './payment-methods.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';
import { type Decline, type Instrument, instrumentByPaymentMethod } from './test-cards.js';

/** Stripe's own smallest charges, in minor units. */
const SMALLEST: Record<string, number> = { dkk: 250, eur: 50, sek: 300, nok: 300, usd: 50 };

export interface NewPaymentIntent {
  amount: number;
  currency: string;
  methods: string[];
  allowed?: Stripe.PaymentIntent.AllowedPaymentMethodType[] | null;
  metadata: Record<string, string>;
  customer?: string | undefined;
  description?: string | undefined;
  receiptEmail?: string | undefined;
  manual?: boolean;
  applicationFee?: number | undefined;
}

/** Refuses amounts below Stripe's smallest charge. */
export function checkAmount(amount: number, currency: string): void {
  const least = SMALLEST[currency] ?? 1;
  if (amount < least) {
    throw StripeRefusal.invalid(`Amount must be at least ${least} ${currency}.`, 'amount', 'amount_too_small');
  }
}

export function openPaymentIntent(account: StripeAccount, wanted: NewPaymentIntent): Stripe.PaymentIntent {
  const id = token('pi_');
  const intent: Stripe.PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: wanted.allowed ?? null,
    amount: wanted.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: wanted.applicationFee ?? null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: wanted.manual ? 'manual' : 'automatic_async',
    client_secret: `${id}_${token('secret_')}`,
    confirmation_method: 'automatic',
    created: now(),
    currency: wanted.currency,
    customer: wanted.customer ?? null,
    customer_account: null,
    description: wanted.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: wanted.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: wanted.methods,
    payment_record: null,
    processing: null,
    receipt_email: wanted.receiptEmail ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
  account.paymentIntents.set(id, intent);
  account.emit('payment_intent.created', intent);
  return intent;
}

/** `POST /v1/payment_intents`. */
export function createPaymentIntent(account: StripeAccount, params: Params): Stripe.PaymentIntent {
  const amount = params.requiredInteger('amount');
  const currency = params.requiredText('currency').toLowerCase();
  checkAmount(amount, currency);
  const customer = params.text('customer');
  if (customer) account.customer(customer, 'customer');
  params.refuse('payment_method_types');
  const allowed = params.list('allowed_payment_method_types');
  const intent = openPaymentIntent(account, {
    amount,
    currency,
    allowed,
    methods: allowed ?? ['card', 'mobilepay'],
    metadata: params.metadata(),
    customer,
    description: params.text('description'),
    receiptEmail: params.text('receipt_email'),
    manual: params.choice('capture_method', ['automatic', 'automatic_async', 'manual']) === 'manual',
    applicationFee: params.integer('application_fee_amount'),
  });
  return params.flag('confirm') ? confirmPaymentIntent(account, intent, params) : intent;
}

/** `POST /v1/payment_intents/:id/confirm` with one of Stripe's ready-made test payment methods. */
export function confirmPaymentIntent(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  params: Params,
): Stripe.PaymentIntent {
  if (!intent.status.startsWith('requires_') || intent.status === 'requires_capture') {
    throw unexpectedState(intent, 'confirm');
  }
  const paymentMethod = params.requiredText('payment_method');
  const instrument = savedInstrument(account, paymentMethod, params) ?? instrumentByPaymentMethod(paymentMethod);
  if (!instrument) throw StripeRefusal.unknown('PaymentMethod', paymentMethod, 'payment_method');
  if (!intent.payment_method_types.includes(instrument.type)) {
    throw StripeRefusal.invalid(`The payment method type ${instrument.type} is not allowed here.`, 'payment_method');
  }
  if (instrument.outcome === 'authenticate' && params.flag('off_session')) {
    recordDecline(account, intent, instrument, NOT_THERE);
    throw cardError(intent, NOT_THERE);
  }
  if (instrument.outcome === 'authenticate') {
    account.authenticating.set(intent.id, instrument);
    return askForAuthentication(account, intent, params.text('return_url'));
  }
  const decline = attemptPayment(account, intent, instrument);
  if (decline) throw cardError(intent, decline);
  return intent;
}

/** `POST /v1/payment_intents/:id/capture`. */
export function capturePaymentIntent(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  params: Params,
): Stripe.PaymentIntent {
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture');
  const amount = params.integer('amount_to_capture') ?? intent.amount;
  if (amount < 1 || amount > intent.amount_capturable) {
    throw StripeRefusal.invalid(
      'The amount is greater than what can be captured.',
      'amount_to_capture',
      'amount_too_large',
    );
  }
  captureCharge(account, intent, amount);
  return intent;
}

/** Tries to take the money; the decline when the bank says no. */
export function attemptPayment(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  instrument: Instrument,
): Decline | undefined {
  if (typeof instrument.outcome === 'object') {
    recordDecline(account, intent, instrument, instrument.outcome);
    return instrument.outcome;
  }
  chargeInstrument(account, intent, instrument);
  return undefined;
}

/** `POST /v1/payment_intents/:id/cancel`. */
export function cancelPaymentIntent(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  params: Params,
): Stripe.PaymentIntent {
  if (!intent.status.startsWith('requires_')) throw unexpectedState(intent, 'cancel');
  intent.cancellation_reason =
    params.choice('cancellation_reason', ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']) ?? null;
  intent.status = 'canceled';
  intent.amount_capturable = 0;
  intent.canceled_at = now();
  account.emit('payment_intent.canceled', intent);
  return intent;
}

/** The bank wants the customer, and he is not there. */
export const NOT_THERE: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/** The customer answers the bank's question; without a question, nothing happens. */
export function authenticateIntent(account: StripeAccount, intent: Stripe.PaymentIntent, approved: boolean): void {
  const instrument = account.authenticating.get(intent.id);
  if (!instrument || intent.status !== 'requires_action') return;
  account.authenticating.delete(intent.id);
  intent.next_action = null;
  attemptPayment(account, intent, { ...instrument, outcome: approved ? 'approved' : AUTHENTICATION_FAILED });
}

export const AUTHENTICATION_FAILED: Decline = {
  code: 'payment_intent_authentication_failure',
  declineCode: 'authentication_required',
  message: 'We are unable to authenticate your payment method.',
};

function askForAuthentication(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  returnUrl: string | undefined,
): Stripe.PaymentIntent {
  intent.status = 'requires_action';
  intent.next_action = {
    type: 'redirect_to_url',
    redirect_to_url: { return_url: returnUrl ?? null, url: 'https://hooks.stripe.com/3d_secure_2/hosted' },
  };
  account.emit('payment_intent.requires_action', intent);
  return intent;
}

function unexpectedState(intent: Stripe.PaymentIntent, verb: string): StripeRefusal {
  return new StripeRefusal(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: intent,
  });
}

function cardError(intent: Stripe.PaymentIntent, decline: Decline): StripeRefusal {
  return new StripeRefusal(402, {
    type: 'card_error',
    code: decline.code,
    decline_code: decline.declineCode,
    message: decline.message,
    payment_intent: structuredClone(intent),
  });
}
