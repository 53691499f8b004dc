import { createHash, createHmac } from 'node:crypto';

export interface Signed {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string;
}

export function signatureOf({ method, target, timestamp, nonce, body }: Signed, secret: string): string {
  const digest = createHash('sha256').update(body).digest('hex');
  const lines = ['v1', method, target, timestamp, nonce, digest].join('\n');
  return `v1=${createHmac('sha256', secret).update(lines).digest('hex')}`;
}

/** The headers of a webhook to that address. */
export function webhookHeaders(body: string, eventId: string, url: URL, secret: string, at = new Date()) {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const target = url.pathname + url.search;
  return {
    'x-eteori-timestamp': timestamp,
    'x-eteori-nonce': eventId,
    'x-eteori-signature': signatureOf({ method: 'POST', target, timestamp, nonce: eventId, body }, secret),
  };
}
