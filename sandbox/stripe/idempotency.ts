import { BoundedMap } from '../http/bounded-map.js';
import { canonical } from '../http/form.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { StripeRefusal } from './stripe-refusal.js';

interface Remembered {
  fingerprint: string;
  /** Absent while the first request is still being worked on. */
  answer?: VendorAnswer;
}

/**
 * Stripe's `Idempotency-Key`: the first answer is replayed for the same request, another request under the same key
 * is refused (400), and so is a second one while the first is in flight (409). Refused parameters are not remembered.
 */
export class IdempotencyKeys {
  private readonly keys = new BoundedMap<string, Remembered>();

  async once(request: VendorRequest, act: () => Promise<VendorAnswer>): Promise<VendorAnswer> {
    const named = request.headers['idempotency-key'];
    if (request.method !== 'POST' || typeof named !== 'string') return act();
    // Each connected account has its own.
    const key = `${String(request.headers['stripe-account'] ?? '')}${named}`;

    const fingerprint = `${request.path} ${canonical(request.body)}`;
    const known = this.keys.get(key);
    if (known) return replay(known, fingerprint, key);

    const entry: Remembered = { fingerprint };
    this.keys.set(key, entry);
    const answer = await act();
    if (answer.status < 300 || answer.status === 402) entry.answer = remembered(answer, key);
    else this.keys.delete(key);
    return { ...answer, headers: { ...answer.headers, 'idempotency-key': key } };
  }

  clear(): void {
    this.keys.clear();
  }
}

function remembered({ status, body, headers }: VendorAnswer, key: string): VendorAnswer {
  // A copy: the stored object goes on living, the answer does not.
  return {
    status,
    body: structuredClone(body),
    headers: { ...headers, 'idempotency-key': key, 'idempotent-replayed': 'true' },
  };
}

function replay(known: Remembered, fingerprint: string, key: string): VendorAnswer {
  if (known.fingerprint !== fingerprint) {
    throw new StripeRefusal(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with (key '${key}').`,
    });
  }
  if (!known.answer) {
    throw new StripeRefusal(409, {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotency Key (key '${key}').`,
    });
  }
  return known.answer;
}
