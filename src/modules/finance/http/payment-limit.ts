import type { RateLimitPolicy } from '../../../platform/http/rate-limit/rate-limit.js';

/** How often one caller may begin to pay. Not counted is not paid: whoever tries stolen cards waits for the moment when nobody counts. */
export function paymentLimit(name: string): RateLimitPolicy {
  return { name, points: 20, seconds: 60, by: 'caller', failClosed: true };
}
