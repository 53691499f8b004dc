import type Stripe from 'stripe';
import type {
  CheckoutIntent,
  CustomerCharge,
  PaymentIntentRequest,
  SaveMethodIntent,
} from '../../modules/finance/index.js';
import type { Money } from '../../platform/values/money.js';

/** What the platform keeps of a payment on a school's own account. */
export interface ApplicationFee {
  readonly basisPoints: number;
}

type Flow = 'checkout' | 'intent' | 'charge';

// Our ids travel as metadata, so that webhooks and Stripe's own books find back.
const named = ({ schoolId, paymentId }: PaymentIntentRequest, flow: Flow) => ({
  school_id: schoolId,
  payment_id: paymentId,
  flow,
});

/** The platform's share of what is taken on a school's own account; nothing on the platform's. */
export function feeOf(amount: Money, account: string | null, { basisPoints }: ApplicationFee) {
  const fee = account ? Math.round((amount.amount * basisPoints) / 10_000) : 0;
  return fee > 0 ? { application_fee_amount: fee } : {};
}

export function sessionOf(
  intent: CheckoutIntent,
  fee: ApplicationFee,
  mobilePay: boolean,
): Stripe.Checkout.SessionCreateParams {
  const { amount, account, description } = intent;
  const metadata = named(intent, 'checkout');
  const line = {
    currency: amount.currency.toLowerCase(),
    unit_amount: amount.amount,
    product_data: { name: description },
  };
  return {
    mode: 'payment',
    allowed_payment_method_types: mobilePay ? ['card', 'mobilepay'] : ['card'],
    line_items: [{ quantity: 1, price_data: line }],
    client_reference_id: intent.paymentId,
    metadata,
    payment_intent_data: { metadata, description, ...manual(intent), ...feeOf(amount, account, fee) },
    locale: intent.locale,
    branding_settings: { display_name: intent.payee },
    success_url: intent.successUrl,
    cancel_url: intent.cancelUrl,
    expires_at: Math.floor(intent.expiresAt.getTime() / 1_000),
  };
}

export function intentOf(intent: PaymentIntentRequest, fee: ApplicationFee): Stripe.PaymentIntentCreateParams {
  return { ...bareIntent(intent, fee, 'intent'), allowed_payment_method_types: ['card'] };
}

export function chargeOf(charge: CustomerCharge, fee: ApplicationFee): Stripe.PaymentIntentCreateParams {
  return {
    ...bareIntent(charge, fee, 'charge'),
    allowed_payment_method_types: ['card'],
    customer: charge.customerRef,
    payment_method: charge.methodRef,
    off_session: true,
    confirm: true,
  };
}

export function setupOf(intent: SaveMethodIntent): Stripe.Checkout.SessionCreateParams {
  const metadata = { school_id: intent.schoolId, method_id: intent.methodId };
  return {
    mode: 'setup',
    currency: 'dkk',
    allowed_payment_method_types: ['card'],
    ...(intent.customerRef ? { customer: intent.customerRef } : { customer_creation: 'always' as const }),
    client_reference_id: intent.methodId,
    metadata,
    setup_intent_data: { metadata },
    locale: intent.locale,
    branding_settings: { display_name: intent.payee },
    success_url: intent.successUrl,
    cancel_url: intent.cancelUrl,
  };
}

function bareIntent(intent: PaymentIntentRequest, fee: ApplicationFee, flow: Flow) {
  const { amount, account, description } = intent;
  return {
    amount: amount.amount,
    currency: amount.currency.toLowerCase(),
    description,
    metadata: named(intent, flow),
    ...manual(intent),
    ...feeOf(amount, account, fee),
  };
}

const manual = ({ capture }: PaymentIntentRequest) =>
  capture === 'manual' ? { capture_method: 'manual' as const } : {};
