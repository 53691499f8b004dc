import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { networkOf } from '../../../platform/http/rate-limit/rate-limits.js';
import { SharedLimiters } from '../../../platform/http/rate-limit/shared-limiters.js';
import { type Attempt, type AttemptKind, attemptLimits, type AttemptScope } from '../domain/attempt.js';
import { TooManyAttempts } from '../domain/identity-problems.js';
import { KnownDevices } from '../queries/known-devices.js';
import { SignInConfig } from '../sign-in.config.js';

/**
 * Counts what somebody tries before it is looked at, so that many tries at once are many tries. Counted in Redis for all processes
 * and across restarts. While Redis is away nothing is looked at: a guess for each process and each restart would be many.
 */
@Injectable()
export class Attempts {
  constructor(
    readonly em: EntityManager,
    private readonly config: SignInConfig,
    private readonly limiters: SharedLimiters,
    private readonly devices: KnownDevices,
    private readonly audit: Audit,
  ) {}

  /** @throws TooManyAttempts, also for what would have been right; Uncounted while Redis is away */
  async count(attempt: Attempt): Promise<void> {
    if (this.config.attemptsPercent === 0) return;
    const device = await this.consume(attempt, 'device');
    if (device) return this.refuse(attempt, 'device', device);
    const [account, network] = [await this.consume(attempt, 'account'), await this.consume(attempt, 'network')];
    const [scope, refused] = account ? (['account', account] as const) : (['network', network] as const);
    if (!refused || (await this.devices.includes(attempt.account, attempt.sender))) return;
    return this.refuse(attempt, scope, refused);
  }

  /** After a counted one was right: nothing counts any more against the account, nor this try against the network. */
  async forgive(attempt: Attempt): Promise<void> {
    if (this.config.attemptsPercent === 0) return;
    await forgotten(this.limiter(attempt.kind, 'network').reward(keyOf(attempt, 'network')));
    await this.forgetAccount(attempt);
  }

  /** Nothing counts any more against the account, from here and from everywhere. */
  async forgetAccount(attempt: Attempt): Promise<void> {
    await forgotten(this.limiter(attempt.kind, 'device').delete(keyOf(attempt, 'device')));
    await forgotten(this.limiter(attempt.kind, 'account').delete(keyOf(attempt, 'account')));
  }

  /** @returns what was counted when it is too much */
  private async consume(attempt: Attempt, scope: AttemptScope): Promise<RateLimiterRes | null> {
    const limiter = this.limiter(attempt.kind, scope);
    const counted = await this.limiters.consume(limiter, keyOf(attempt, scope));
    return counted.consumedPoints > limiter.points ? counted : null;
  }

  private async refuse({ kind }: Attempt, scope: AttemptScope, refused: RateLimiterRes): Promise<never> {
    const { points } = this.limiter(kind, scope);
    // Written down once a block: whoever keeps trying shall not fill the log.
    if (refused.consumedPoints === points + 1) await this.writeDown(kind, scope);
    throw new TooManyAttempts(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
  }

  @Transaction()
  private async writeDown(kind: AttemptKind, scope: AttemptScope): Promise<void> {
    await this.audit.record({ action: 'session.refused', details: { kind, scope } });
  }

  private limiter(kind: AttemptKind, scope: AttemptScope): RateLimiterRedis {
    const name = `${kind}:${scope}`;
    return this.limiters.named(`attempts:${name}`, () => {
      const { points, seconds } = attemptLimits[kind][scope];
      const limit = Math.ceil((points * this.config.attemptsPercent) / 100);
      return { points: limit, duration: seconds, blockDuration: seconds };
    });
  }
}

/** What was right stays right when Redis goes away just then: it counts against somebody until its window ends. */
async function forgotten(forgetting: Promise<unknown>): Promise<void> {
  await forgetting.catch(() => undefined);
}

/** Redis learns nobody's address. */
function keyOf({ account, sender }: Attempt, scope: AttemptScope): string {
  const network = networkOf(sender.address);
  const parts = { device: [account, network, sender.userAgent], account: [account], network: [network] };
  return createHash('sha256').update(JSON.stringify(parts[scope])).digest('base64url');
}
