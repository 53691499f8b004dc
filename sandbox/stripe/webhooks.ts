import { createHmac } from 'node:crypto';
import type { Faults } from '../faults/faults.js';
import { WebhookSender, type WebhookTarget } from '../http/webhook-sender.js';
import type { StripeEvent } from './stripe-account.js';

export interface WebhookOptions extends WebhookTarget {
  secret: string;
  /** Signs what happens on connected accounts. */
  connectSecret: string;
}

export type StripeWebhooks = WebhookSender<StripeEvent>;

/** Sends what happened at Stripe, signed as Stripe signs. */
export function stripeWebhooks(options: WebhookOptions, faults: Faults): StripeWebhooks {
  const manner = {
    system: 'stripe',
    kindOf: ({ type }: StripeEvent) => type,
    bodyOf: (event: StripeEvent) => JSON.stringify(event),
    headersOf: ({ account }: StripeEvent, body: string) => ({
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signatureOf(body, account ? options.connectSecret : options.secret),
    }),
  } as const;
  return new WebhookSender(manner, options, faults);
}

/** The `Stripe-Signature` header of a payload sent now. */
export function signatureOf(payload: string, secret: string): string {
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex');
  return `t=${time},v1=${signature}`;
}
