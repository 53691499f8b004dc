import { SetMetadata } from '@nestjs/common';

/** How many requests are let through in a window. */
export interface RateLimitPolicy {
  /** Named in the headers; routes of the same name are counted together. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /** Counted for each user or API key, or for each address. A public route knows addresses alone. */
  readonly by: 'caller' | 'address';
  /** Refused while it cannot be counted for all processes; the others are counted in the process meanwhile. */
  readonly failClosed?: boolean;
}

const RATE_LIMIT = Symbol('rate limit');

/** The route takes less than others do; counted over all processes. Belongs on what is costly, or worth guessing at. */
export function RateLimit(policy: RateLimitPolicy): MethodDecorator {
  return SetMetadata(RATE_LIMIT, policy);
}

export function rateLimitOf(method: object): RateLimitPolicy | undefined {
  return Reflect.getMetadata(RATE_LIMIT, method) as RateLimitPolicy | undefined;
}
