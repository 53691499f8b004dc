import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestAccess } from '../../auth/actor.js';
import { rateLimitOf } from './rate-limit.js';
import { networkOf, RateLimits } from './rate-limits.js';

/** Counts what a user, an API key or a partner's key asks for, and what single routes say about themselves. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  /** @throws TooManyRequests, Uncounted */
  async canActivate(context: ExecutionContext): Promise<true> {
    const { user, actor, partner } = requestAccess(context);
    const callerId = actor?.id ?? user?.userId ?? partner?.keyId;
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (callerId) await this.limits.countCaller(callerId, reply);
    const policy = rateLimitOf(context.getHandler());
    if (policy) {
      const address = networkOf(http.getRequest<FastifyRequest>().ip);
      const key = policy.by === 'caller' ? (callerId ?? address) : address;
      await this.limits.countRoute(policy, key, reply);
    }
    return true;
  }
}
