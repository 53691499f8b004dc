import { createHash, createHmac } from 'node:crypto';
import { isSameSecret, isWithin } from '../../platform/webhooks/proofs.js';
import { UntrustedWebhook, type WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';

/** Ten minutes for clocks that are wrong, five for the way. A message within them is known again by its nonce. */
const toleranceMs = 15 * 60_000;

export interface SignedCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: Buffer | string;
}

export function signatureOf({ method, target, timestamp, nonce, body }: SignedCall, secret: string): string {
  const digest = createHash('sha256').update(body).digest('hex');
  const signed = ['v1', method, target, timestamp, nonce, digest].join('\n');
  return `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`;
}

/** The message's own id, which is signed with it. @throws UntrustedWebhook */
export function nonceOfSigned({ body, headers, url }: WebhookRequest, secret: string): string {
  const header = (name: string) => String(headers[`x-eteori-${name}`] ?? '');
  const [timestamp, nonce] = [header('timestamp'), header('nonce')];
  const isFresh = /^\d{10}$/.test(timestamp) && isWithin(toleranceMs, Number(timestamp) * 1_000);
  const signature = signatureOf({ method: 'POST', target: url, timestamp, nonce, body }, secret);
  const isSigned = isSameSecret(header('signature'), signature);
  if (!isFresh || !isSigned || !/^[\w-]{8,100}$/.test(nonce)) throw new UntrustedWebhook();
  return nonce;
}
