import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { requestAccess } from '../../auth/actor.js';
import { rateLimitOf } from './rate-limit.js';
import { networkOf, RateLimits } from './rate-limits.js';

/** Counts what a user, an API key or a partner's key asks for, and what single routes say about themselves. */
@Injectable()
export class RateLimitInterceptor implements NestInterceptor {
  constructor(private readonly limits: RateLimits) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
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
    return next.handle();
  }
}
