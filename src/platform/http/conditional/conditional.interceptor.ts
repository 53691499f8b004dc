import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { conditionalOf } from './conditional.js';
import { tagAnswer } from './tagged-answers.js';
import { withPrecondition } from './precondition.js';

/** Lets a @Conditional() route go on only when what it changes is still what its caller saw. */
@Injectable()
export class ConditionalInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const conditional = conditionalOf(context.getHandler());
    if (!conditional) return next.handle();
    const http = context.switchToHttp();
    if (conditional.answersTheSame) tagAnswer(http.getResponse<FastifyReply>());
    const header = http.getRequest<FastifyRequest>().headers['if-match'];
    return header === undefined ? next.handle() : from(withPrecondition(header, () => lastValueFrom(next.handle())));
  }
}
