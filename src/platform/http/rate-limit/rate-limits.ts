import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isIPv6 } from 'node:net';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RedisConfig } from '../../database/database.config.js';
import { RedisConnection } from '../../redis/redis-connection.js';
import { RateLimitConfig } from './rate-limit.config.js';
import type { RateLimitPolicy } from './rate-limit.js';
import { tellLimit } from './rate-limit-headers.js';
import { TooManyRequests } from './too-many-requests.js';

const minute = 60;

/**
 * Counts requests. What every request passes is counted in the process, which costs no round trip; what single routes declare
 * is counted in Redis for all processes, and in the process while Redis is away.
 */
@Injectable()
export class RateLimits {
  private readonly address: RateLimiterAbstract | null;
  private readonly caller: RateLimiterAbstract | null;
  private readonly routes = new Map<string, RateLimiterAbstract>();

  constructor(
    private readonly config: RateLimitConfig,
    private readonly redis: RedisConnection,
    private readonly redisConfig: RedisConfig,
  ) {
    this.address = inProcess('address', config.perAddress);
    this.caller = inProcess('caller', config.perCaller);
  }

  /** Of everything that comes from an address. @throws TooManyRequests */
  async countAddress(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.address) await count('address', this.address, networkOf(request.ip), reply);
  }

  /** Of a user or API key. @throws TooManyRequests */
  async countCaller(callerId: string, reply: FastifyReply): Promise<void> {
    if (this.caller) await count('caller', this.caller, callerId, reply);
  }

  /** Of one route, by caller or address. @throws TooManyRequests */
  async countRoute(policy: RateLimitPolicy, key: string, reply: FastifyReply): Promise<void> {
    if (this.config.percent > 0) await count(policy.name, this.ofRoute(policy), key, reply);
  }

  private ofRoute({ name, points, seconds }: RateLimitPolicy): RateLimiterAbstract {
    const known = this.routes.get(name);
    if (known) return known;
    const options = { points: Math.ceil((points * this.config.percent) / 100), duration: seconds };
    const limiter = new RateLimiterRedis({
      ...options,
      keyPrefix: `${this.redisConfig.prefix}:rate:${name}`,
      storeClient: this.redis.client,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ ...options, keyPrefix: name }),
    });
    this.routes.set(name, limiter);
    return limiter;
  }
}

function inProcess(keyPrefix: string, points: number): RateLimiterAbstract | null {
  return points === 0 ? null : new RateLimiterMemory({ keyPrefix, points, duration: minute });
}

async function count(policy: string, limiter: RateLimiterAbstract, key: string, reply: FastifyReply): Promise<void> {
  const counted = await limiter.consume(key).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  });
  const { points, duration: seconds } = limiter;
  const resetSeconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
  tellLimit(reply, { policy, points, seconds, remaining: counted.remainingPoints, resetSeconds });
  if (counted.consumedPoints > points) throw new TooManyRequests(resetSeconds);
}

/** Whoever has one IPv6 address has the 2^64 beside it. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const end = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array<string>(Math.max(0, 8 - groups.length - end.length)).fill('0');
  return [...groups, ...zeros, ...end].slice(0, 4).join(':');
}
