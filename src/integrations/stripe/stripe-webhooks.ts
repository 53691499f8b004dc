import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import {
  type CheckoutStatus,
  PaymentNotFound,
  RecordPaymentOutcome,
  RecordRefundOutcome,
} from '../../modules/finance/index.js';
import { inSchool } from '../../platform/tenancy/tenancy.js';
import { isId, type Id } from '../../platform/values/id.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  WebhookAdapter,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import { checkoutStatus, refundStatus } from './stripe-answers.js';
import { StripeClient } from './stripe-client.js';
import { StripeConfig } from './stripe.config.js';

/** Older messages are refused, so that a recorded one cannot be played again. */
const toleranceSeconds = 300;

/** What Stripe tells us. Types we do not know are kept and ignored. */
@Injectable()
export class StripeWebhooks extends WebhookAdapter {
  readonly provider = 'stripe';

  constructor(
    private readonly stripe: StripeClient,
    private readonly config: StripeConfig,
    private readonly payments: RecordPaymentOutcome,
    private readonly refunds: RecordRefundOutcome,
  ) {
    super();
  }

  accept({ body, headers }: WebhookRequest): AcceptedWebhook {
    const signature = headers['stripe-signature'] ?? '';
    try {
      const { webhooks } = this.stripe.sdk;
      const { id, type } = webhooks.constructEvent(body, signature, this.config.webhookSecret, toleranceSeconds);
      return { key: id, kind: type };
    } catch {
      throw new UntrustedWebhook();
    }
  }

  process(body: string): Promise<'processed' | 'ignored'> {
    const event = JSON.parse(body) as Stripe.Event;
    switch (event.type) {
      case 'checkout.session.completed':
      case 'checkout.session.async_payment_succeeded':
      case 'checkout.session.expired':
        return this.checkout(event.data.object, checkoutStatus(event.data.object));
      case 'checkout.session.async_payment_failed':
        return this.checkout(event.data.object, {
          state: 'failed',
          ref: event.data.object.id,
          reason: 'payment_failed',
        });
      case 'refund.created':
      case 'refund.updated':
      case 'refund.failed':
        return this.refund(event.data.object);
      default:
        return Promise.resolve('ignored');
    }
  }

  private checkout({ metadata }: Stripe.Checkout.Session, status: CheckoutStatus): Promise<'processed' | 'ignored'> {
    return record(metadata, 'payment_id', (paymentId) => this.payments.execute(paymentId, status));
  }

  private refund(refund: Stripe.Refund): Promise<'processed' | 'ignored'> {
    return record(refund.metadata, 'refund_id', (refundId) => this.refunds.execute(refundId, refundStatus(refund)));
  }
}

/** Records in the school that the metadata names; what names nothing of ours was made by somebody else with the same account. */
async function record(
  metadata: Stripe.Metadata | null,
  name: string,
  work: (id: Id) => Promise<void>,
): Promise<'processed' | 'ignored'> {
  const { school_id: schoolId, [name]: id } = metadata ?? {};
  if (!isId(schoolId) || !isId(id)) return 'ignored';
  try {
    await inSchool(schoolId, () => work(id));
    return 'processed';
  } catch (error) {
    if (error instanceof PaymentNotFound) return 'ignored';
    throw error;
  }
}
