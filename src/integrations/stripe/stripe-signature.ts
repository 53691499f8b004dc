import type Stripe from 'stripe';
import { UntrustedWebhook, type WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';
import type { StripeConfig } from './stripe.config.js';

/** Five minutes for clocks that are wrong, five for the way. Older messages are refused, so that a recorded one cannot be played again. */
const toleranceSeconds = 600;

/** Stripe signs what happens on the platform's account with one secret, and on schools' own with another. @throws UntrustedWebhook */
export function verifyStripeSignature(
  { body, headers }: WebhookRequest,
  { webhookSecret, connectWebhookSecret }: StripeConfig,
  { webhooks }: Stripe,
): Stripe.Event {
  const signature = headers['stripe-signature'] ?? '';
  for (const secret of [webhookSecret, connectWebhookSecret]) {
    if (!secret) continue;
    try {
      const event = webhooks.constructEvent(body, signature, secret, toleranceSeconds);
      // A school's own endpoint must not speak for the platform, nor the platform's for a school.
      if (Boolean(event.account) === (secret === connectWebhookSecret)) return event;
    } catch {
      // Perhaps the other secret's.
    }
  }
  throw new UntrustedWebhook();
}
