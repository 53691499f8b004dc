import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asProblem } from './as-problem.js';
import { languageOf } from './language.js';
import { problemBody } from './problem-body.js';
import type { Problem } from './problem.js';

/** Answers every error as problem details; the cause of an unknown one goes to the log alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = asProblem(error);
    if (problem.status >= 500)
      this.logger.error(
        { err: error, code: problem.code },
        `${request.method} ${request.routeOptions?.url ?? ''} failed`,
      );
    if (!reply.sent) sendProblem(request, reply, problem);
  }
}

/** Writes a problem as the answer; for hooks and routes outside of Nest's own chain. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  const language = languageOf(request.headers['accept-language']);
  const body = problemBody(problem, { language, path: request.url.split('?')[0] ?? '/', correlationId: request.id });
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  reply
    .code(problem.status)
    .headers({ 'content-language': language, vary: 'accept-language' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}
