import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RedisConfig } from '../database/database.config.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { ProviderRefusal } from './json-provider.js';
import { ProviderUnavailable } from './provider-errors.js';

export interface Pace {
  readonly calls: number;
  readonly seconds: number;
}

/** Whom a provider counts: one customer of its own, such as a company in a bookkeeping system. */
export interface Paced {
  readonly provider: string;
  readonly whose: string;
  /** The shortest first. */
  readonly paces: readonly [Pace, ...Pace[]];
}

/** Longer than this a call does not wait for its turn: whoever asked does something else meanwhile. */
const patienceMs = 2_500;
/** Where it does not say for how long. */
const restMs = 60_000;

/**
 * Keeps to the pace at which a provider may be asked on behalf of one of its customers, all processes together. Counted in Redis,
 * and in the process while Redis is away.
 */
@Injectable()
export class ProviderPaces {
  private readonly limiters = new Map<string, RateLimiterRedis>();

  constructor(
    private readonly redis: RedisConnection,
    private readonly redisConfig: RedisConfig,
  ) {}

  /** Waits for its turn when that comes soon. @throws ProviderUnavailable when it does not */
  async turn({ provider, whose, paces }: Paced): Promise<void> {
    let waitedMs = 0;
    for (const pace of paces) {
      for (let againInMs = await this.counted(provider, whose, pace); againInMs > 0;) {
        if (waitedMs + againInMs > patienceMs) throw new ProviderUnavailable(provider, againInMs);
        await sleep(againInMs);
        waitedMs += againInMs;
        againInMs = await this.counted(provider, whose, pace);
      }
    }
  }

  /** A call in its turn; after a refusal for too much, this customer is left alone for as long as was said. @throws as `turn` and `send` */
  async run<Answer>(paced: Paced, send: () => Promise<Answer>): Promise<Answer> {
    await this.turn(paced);
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ProviderRefusal) || error.status !== 429) throw error;
      const { againInMs = restMs } = error;
      await this.leaveAlone(paced, againInMs);
      throw new ProviderUnavailable(paced.provider, againInMs);
    }
  }

  /** The provider has said for how long it wants to hear nothing of this customer. */
  async leaveAlone({ provider, whose, paces }: Paced, ms: number): Promise<void> {
    await this.limiter(provider, paces.at(-1)!).block(whose, Math.ceil(ms / 1_000));
  }

  /** In how many milliseconds to ask again; 0: it counts. */
  private async counted(provider: string, whose: string, pace: Pace): Promise<number> {
    try {
      await this.limiter(provider, pace).consume(whose);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
      throw refused;
    }
  }

  private limiter(provider: string, { calls: points, seconds: duration }: Pace): RateLimiterRedis {
    const name = `${provider}:${points}:${duration}`;
    const known = this.limiters.get(name);
    if (known) return known;
    const options = { points, duration };
    const limiter = new RateLimiterRedis({
      ...options,
      keyPrefix: `${this.redisConfig.prefix}:pace:${name}`,
      storeClient: this.redis.client,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ ...options, keyPrefix: name }),
    });
    this.limiters.set(name, limiter);
    return limiter;
  }
}
