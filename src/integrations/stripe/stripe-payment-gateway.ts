import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import {
  type CheckoutIntent,
  type CheckoutOpened,
  type CheckoutStatus,
  type Known,
  PaymentGateway,
  type RefundIntent,
  type RefundStatus,
} from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import { afterFailure, checkoutStatus, refundStatus } from './stripe-answers.js';
import { StripeClient } from './stripe-client.js';
import { StripeConfig } from './stripe.config.js';

type Answer<Status> = Known<Status> | Rejected | Unknown;

/** Payments by Stripe's hosted checkout. Our ids are the idempotency keys, and travel as metadata so that webhooks find back. */
@Injectable()
export class StripePaymentGateway extends PaymentGateway {
  readonly provider = 'stripe';

  constructor(
    private readonly stripe: StripeClient,
    private readonly config: StripeConfig,
  ) {
    super();
  }

  async createCheckout(intent: CheckoutIntent): Promise<CheckoutOpened | Rejected | Unknown> {
    const params = sessionOf(intent, this.config.mobilePay);
    try {
      const { id, url } = await this.stripe.call('create checkout', (sdk) =>
        sdk.checkout.sessions.create(params, { idempotencyKey: `checkout-${intent.paymentId}` }),
      );
      return url
        ? { outcome: 'accepted', ref: id, url }
        : { outcome: 'unknown', reason: 'checkout without an address' };
    } catch (error) {
      return afterFailure(error);
    }
  }

  fetchCheckout(ref: string): Promise<Answer<CheckoutStatus>> {
    return known(checkoutStatus, () =>
      this.stripe.call('fetch checkout', (sdk) => sdk.checkout.sessions.retrieve(ref, { expand: ['payment_intent'] })),
    );
  }

  async expireCheckout(ref: string): Promise<Answer<CheckoutStatus>> {
    const expired = await known(checkoutStatus, () =>
      this.stripe.call('expire checkout', (sdk) => sdk.checkout.sessions.expire(ref)),
    );
    // Stripe refuses for a session that is no longer open: it has been paid, or has expired by itself.
    return expired.outcome === 'rejected' ? this.fetchCheckout(ref) : expired;
  }

  refund({ refundId, schoolId, chargeRef, amount }: RefundIntent): Promise<Answer<RefundStatus>> {
    const metadata = { school_id: schoolId, refund_id: refundId };
    return known(refundStatus, () =>
      this.stripe.call('refund', (sdk) =>
        sdk.refunds.create(
          { payment_intent: chargeRef, amount: amount.amount, metadata },
          { idempotencyKey: `refund-${refundId}` },
        ),
      ),
    );
  }

  fetchRefund(intent: RefundIntent, ref: string | null): Promise<Answer<RefundStatus>> {
    if (!ref) return this.findRefund(intent);
    return known(refundStatus, () => this.stripe.call('fetch refund', (sdk) => sdk.refunds.retrieve(ref)));
  }

  private async findRefund({ refundId, chargeRef }: RefundIntent): Promise<Answer<RefundStatus>> {
    try {
      const { data } = await this.stripe.call('find refund', (sdk) =>
        sdk.refunds.list({ payment_intent: chargeRef, limit: 100 }),
      );
      const refund = data.find(({ metadata }) => metadata?.['refund_id'] === refundId);
      return refund
        ? { outcome: 'accepted', status: refundStatus(refund) }
        : { outcome: 'rejected', reason: 'no_such_refund' };
    } catch (error) {
      return afterFailure(error);
    }
  }
}

async function known<Resource, Status>(
  read: (resource: Resource) => Status,
  call: () => Promise<Resource>,
): Promise<Answer<Status>> {
  try {
    return { outcome: 'accepted', status: read(await call()) };
  } catch (error) {
    return afterFailure(error);
  }
}

function sessionOf(intent: CheckoutIntent, mobilePay: boolean): Stripe.Checkout.SessionCreateParams {
  const { amount, description } = intent;
  const metadata = { school_id: intent.schoolId, payment_id: intent.paymentId };
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
    payment_intent_data: { metadata, description },
    locale: intent.locale,
    branding_settings: { display_name: intent.payee },
    success_url: intent.successUrl,
    cancel_url: intent.cancelUrl,
    expires_at: Math.floor(intent.expiresAt.getTime() / 1_000),
  };
}
