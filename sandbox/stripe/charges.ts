import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { recordBalance } from './balance.js';
import { openDispute } from './disputes.js';
import { idOf } from './id-of.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';
import type { Decline, Instrument } from './test-cards.js';

/** A fee in the neighbourhood of Stripe's Danish one: 1.5 % and 1.80 kr. */
const feeOf = (amount: number): number => Math.round(amount * 0.015) + 180;

/** The payment succeeds: a charge, its balance transaction, and the intent turned `succeeded`. */
export function chargeInstrument(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  instrument: Instrument,
): Stripe.Charge {
  const charge = newCharge(intent, instrument);
  store(account, intent, charge, instrument);
  intent.next_action = null;
  intent.last_payment_error = null;
  if (intent.capture_method === 'manual') return reserve(account, intent, charge);
  take(account, intent, charge, charge.amount);
  account.emit('charge.succeeded', charge);
  account.emit('payment_intent.succeeded', intent);
  if (instrument.disputed) openDispute(account, charge);
  return charge;
}

/** The money of a reserved payment is taken, all or part of it; the rest is let go. */
export function captureCharge(account: StripeAccount, intent: Stripe.PaymentIntent, amount: number): void {
  const charge = account.charge(idOf(intent.latest_charge));
  charge.captured = true;
  charge.amount_captured = amount;
  intent.amount_capturable = 0;
  take(account, intent, charge, amount);
  account.emit('charge.captured', charge);
  account.emit('payment_intent.succeeded', intent);
}

function reserve(account: StripeAccount, intent: Stripe.PaymentIntent, charge: Stripe.Charge): Stripe.Charge {
  charge.captured = false;
  charge.amount_captured = 0;
  intent.amount_capturable = intent.amount;
  intent.status = 'requires_capture';
  account.emit('charge.succeeded', charge);
  account.emit('payment_intent.amount_capturable_updated', intent);
  return charge;
}

function take(account: StripeAccount, intent: Stripe.PaymentIntent, charge: Stripe.Charge, amount: number): void {
  const ours = charge.application_fee_amount ?? 0;
  charge.balance_transaction = recordBalance(
    account,
    charge.id,
    'charge',
    amount,
    charge.currency,
    feeOf(amount) + ours,
  );
  intent.amount_received = amount;
  intent.status = 'succeeded';
}

/** The bank said no: a failed charge, and the intent waits for another payment method. */
export function recordDecline(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  instrument: Instrument,
  decline: Decline,
): void {
  const charge: Stripe.Charge = {
    ...newCharge(intent, instrument),
    amount_captured: 0,
    captured: false,
    failure_code: decline.code,
    failure_message: decline.message,
    paid: false,
    status: 'failed',
  };
  store(account, intent, charge, instrument);
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = {
    type: 'card_error',
    charge: charge.id,
    code: decline.code,
    decline_code: decline.declineCode,
    message: decline.message,
  };
  account.emit('charge.failed', charge);
  account.emit('payment_intent.payment_failed', intent);
}

function store(
  account: StripeAccount,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  instrument: Instrument,
): void {
  account.charges.set(charge.id, charge);
  account.instruments.set(charge.id, instrument);
  intent.latest_charge = charge.id;
  intent.payment_method = charge.payment_method;
}

function newCharge(intent: Stripe.PaymentIntent, instrument: Instrument): Stripe.Charge {
  return {
    id: token('ch_'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: intent.application_fee_amount,
    balance_transaction: null,
    billing_details: { address: null, email: intent.receipt_email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SANDBOX',
    captured: true,
    created: now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: intent.id,
    payment_method: token('pm_'),
    payment_method_details: detailsOf(instrument, intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

function detailsOf(instrument: Instrument, amount: number): Stripe.Charge.PaymentMethodDetails {
  const { brand, last4 } = instrument;
  if (instrument.type === 'mobilepay') {
    return { type: 'mobilepay', mobilepay: { card: { brand, country: 'DK', exp_month: 12, exp_year: 2034, last4 } } };
  }
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'DK',
      electronic_commerce_indicator: null,
      exp_month: 12,
      exp_year: 2034,
      funding: 'debit',
      installments: null,
      last4,
      mandate: null,
      network: brand,
      network_transaction_id: null,
      regulated_status: null,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}
