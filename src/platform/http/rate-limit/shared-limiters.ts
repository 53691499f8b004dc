import { Injectable } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RedisConfig } from '../../database/database.config.js';
import { RedisConnection } from '../../redis/redis-connection.js';
import { Uncounted } from './limit-problems.js';

interface SharedLimit {
  readonly points: number;
  readonly duration: number;
  /** For how long somebody who went beyond it is refused; by default until the window ends. */
  readonly blockDuration?: number;
  /** Counts while Redis is away; without it nothing is let through then. */
  readonly insuranceLimiter?: RateLimiterAbstract;
}

/** What is counted in Redis, for all processes and across restarts. */
@Injectable()
export class SharedLimiters {
  private readonly known = new Map<string, RateLimiterRedis>();

  constructor(
    private readonly redis: RedisConnection,
    private readonly config: RedisConfig,
  ) {}

  /** Those of one name count together. */
  named(name: string, limit: () => SharedLimit): RateLimiterRedis {
    const known = this.known.get(name);
    if (known) return known;
    const limiter = new RateLimiterRedis({
      ...limit(),
      keyPrefix: `${this.config.prefix}:${name}`,
      storeClient: this.redis.client,
      rejectIfRedisNotReady: true,
    });
    this.known.set(name, limiter);
    return limiter;
  }

  /** @returns what was counted, also beyond the limit. @throws Uncounted */
  async consume(limiter: RateLimiterRedis, key: string): Promise<RateLimiterRes> {
    try {
      return await this.redis.again(() => limiter.consume(key));
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused;
      throw new Uncounted(refused);
    }
  }
}
