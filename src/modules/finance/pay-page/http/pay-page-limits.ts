import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../../../platform/config/app.config.js';
import { languageOf, languages } from '../../../../platform/http/language.js';
import { Uncounted, TooManyRequests } from '../../../../platform/http/rate-limit/limit-problems.js';
import { sendPayPage } from './page-headers.js';
import { emptyPage } from './pay-pages.js';

/** Says to people, as a page, that they have to wait before they pay. */
@Catch(Uncounted, TooManyRequests)
export class PayPageLimits implements ExceptionFilter<Uncounted | TooManyRequests> {
  constructor(private readonly app: AppConfig) {}

  catch(problem: Uncounted | TooManyRequests, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { headers, query } = http.getRequest<FastifyRequest<{ Querystring: { lang?: string } }>>();
    // Counted before it is read: anything may stand there.
    const language = languages.find((each) => each === query.lang) ?? languageOf(headers['accept-language']);
    const page = emptyPage(problem instanceof Uncounted ? 'uncounted' : 'tooMany', language);
    const reply = http.getResponse<FastifyReply>().header('retry-after', String(problem.retryAfterSeconds));
    void sendPayPage(reply, problem.status, page, this.app.publicUrl);
  }
}
