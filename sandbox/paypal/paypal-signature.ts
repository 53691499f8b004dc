import { createHmac, randomUUID } from 'node:crypto';

/** PayPal signs with a certificate; here it is enough that nobody else knows the secret. */
export const SIGNING_SECRET = 'paypal';

interface Signed {
  transmissionId: string;
  transmissionTime: string;
  webhookId: string;
  body: string;
}

export function signatureOf({ transmissionId, transmissionTime, webhookId, body }: Signed, secret: string): string {
  const content = [transmissionId, transmissionTime, webhookId, body].join('|');
  return `s${createHmac('sha256', secret).update(content).digest('hex')}`;
}

/** The headers of a message to that webhook, signed at that moment. */
export function signedHeaders(body: string, webhookId: string, secret = SIGNING_SECRET, at = new Date()) {
  const [transmissionId, transmissionTime] = [randomUUID(), at.toISOString()];
  return {
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-sandbox',
    'paypal-transmission-id': transmissionId,
    'paypal-transmission-time': transmissionTime,
    'paypal-transmission-sig': signatureOf({ transmissionId, transmissionTime, webhookId, body }, secret),
  };
}
