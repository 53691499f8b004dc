import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isIPv6 } from 'node:net';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  type RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { RateLimitConfig } from './rate-limit.config.js';
import type { RateLimitPolicy } from './rate-limit.js';
import { tellLimit } from './rate-limit-headers.js';
import { TooManyRequests } from './limit-problems.js';
import { SharedLimiters } from './shared-limiters.js';

const minute = 60;

/**
 * Counts requests. What every request passes is counted in the process, which costs no round trip; what single routes declare
 * is counted in Redis for all processes; while Redis is away in the process, or refused where the route says so.
 */
@Injectable()
export class RateLimits {
  private readonly address: RateLimiterMemory | null;
  private readonly caller: RateLimiterMemory | null;

  constructor(
    private readonly config: RateLimitConfig,
    private readonly shared: SharedLimiters,
  ) {
    this.address = inProcess('address', config.perAddress);
    this.caller = inProcess('caller', config.perCaller);
  }

  /** Of everything that comes from an address. @throws TooManyRequests */
  async countAddress(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.address) tell('address', this.address, await countedBy(this.address, networkOf(request.ip)), reply);
  }

  /** Of a user or API key. @throws TooManyRequests */
  async countCaller(callerId: string, reply: FastifyReply): Promise<void> {
    if (this.caller) tell('caller', this.caller, await countedBy(this.caller, callerId), reply);
  }

  /** Of one route, by caller or address. @throws TooManyRequests, Uncounted */
  async countRoute(policy: RateLimitPolicy, key: string, reply: FastifyReply): Promise<void> {
    if (this.config.percent === 0) return;
    const limiter = this.ofRoute(policy);
    tell(policy.name, limiter, await this.shared.consume(limiter, key), reply);
  }

  private ofRoute({ name, points, seconds, failClosed }: RateLimitPolicy): RateLimiterRedis {
    return this.shared.named(`rate:${name}`, () => {
      const limit = { points: Math.ceil((points * this.config.percent) / 100), duration: seconds };
      return failClosed ? limit : { ...limit, insuranceLimiter: new RateLimiterMemory({ ...limit, keyPrefix: name }) };
    });
  }
}

function inProcess(keyPrefix: string, points: number): RateLimiterMemory | null {
  return points === 0 ? null : new RateLimiterMemory({ keyPrefix, points, duration: minute });
}

async function countedBy(limiter: RateLimiterMemory, key: string): Promise<RateLimiterRes> {
  return limiter.consume(key).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  });
}

function tell(policy: string, limiter: RateLimiterAbstract, counted: RateLimiterRes, reply: FastifyReply): void {
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
