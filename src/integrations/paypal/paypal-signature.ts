import { isWithin } from '../../platform/webhooks/proofs.js';
import { UntrustedWebhook, type WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';
import { type PaypalClient, PaypalRefusal } from './paypal-client.js';

/** PayPal tries for three days; older messages are refused, so that a recorded one cannot be played again. */
const toleranceMs = 4 * 86_400_000;

const signedBy = ['auth-algo', 'cert-url', 'transmission-id', 'transmission-sig', 'transmission-time'];

/** Asks PayPal whether it sent that. @throws UntrustedWebhook; as PaypalClient when it cannot be asked, so that PayPal sends it again */
export async function verifyPaypalSignature(
  { body, headers }: WebhookRequest,
  webhookId: string,
  client: PaypalClient,
): Promise<void> {
  const signature = signedBy.map((name) => [name.replace('-', '_'), String(headers[`paypal-${name}`] ?? '')] as const);
  const event = body.toString();
  const isFresh = isWithin(toleranceMs, Date.parse(String(headers['paypal-transmission-time'])));
  // Space around it would be lost on the way back to PayPal, and PayPal sends none.
  const asSent = event === event.trim() && isObject(event);
  if (!asSent || !isFresh || signature.some(([, value]) => value === '')) throw new UntrustedWebhook();
  const known = JSON.stringify({ ...Object.fromEntries(signature), webhook_id: webhookId });
  const verdict = await client
    .call<{ verification_status: string }>({
      operation: 'verify webhook',
      method: 'POST',
      path: '/v1/notifications/verify-webhook-signature',
      // Letter by letter as it came: written anew it would have another checksum.
      body: `${known.slice(0, -1)},"webhook_event":${event}}`,
    })
    .catch((error: unknown) => {
      // PayPal does not even understand it.
      if (error instanceof PaypalRefusal && [400, 422].includes(error.status)) throw new UntrustedWebhook();
      throw error;
    });
  if (verdict.verification_status !== 'SUCCESS') throw new UntrustedWebhook();
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
