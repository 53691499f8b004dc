import { createHash, createHmac } from 'node:crypto';
import { isSameSecret, isWithin } from '../../platform/webhooks/proofs.js';
import { UntrustedWebhook, type WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';

/** Five minutes for clocks that are wrong, five for the way. Older messages are refused, so that a recorded one cannot be played again. */
const toleranceMs = 10 * 60_000;

const scheme = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=';

/** The signature is over the address, the date, the host and the content's hash. @throws UntrustedWebhook */
export function verifyVippsSignature({ body, headers, url }: WebhookRequest, secret: string): void {
  const header = (name: string) => String(headers[name] ?? '');
  const [date, host, hash] = [header('x-ms-date'), header('host'), header('x-ms-content-sha256')];
  const isFresh = isWithin(toleranceMs, Date.parse(date));
  const content = createHash('sha256').update(body).digest('base64');
  const signature = createHmac('sha256', secret).update(`POST\n${url}\n${date};${host};${hash}`).digest('base64');
  const isSigned = isSameSecret(header('authorization'), scheme + signature);
  if (!isFresh || hash !== content || !isSigned) throw new UntrustedWebhook();
}
