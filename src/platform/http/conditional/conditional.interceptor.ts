import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { tagAnswer } from './tagged-answers.js';
import { withPrecondition } from './precondition.js';

/** On the method: whether its answer is what a GET of the same path answers. */
export const CONDITIONAL = Symbol('conditional');

/** Lets a @Conditional() route go on only when what it changes is still what its caller saw. */
@Injectable()
export class ConditionalInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    if (Reflect.getMetadata(CONDITIONAL, context.getHandler()) === true) tagAnswer(http.getResponse<FastifyReply>());
    const header = http.getRequest<FastifyRequest>().headers['if-match'];
    return header === undefined ? next.handle() : from(withPrecondition(header, () => lastValueFrom(next.handle())));
  }
}
