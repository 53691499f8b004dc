import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInRequired } from '../../auth/auth-problems.js';
import { html, page } from '../../http/html.js';
import { languageOf } from '../../http/language.js';
import { Problem } from '../../http/problem.js';

/** A refusal as a page; whoever is not signed in is led to the login. What is no problem of ours goes on to the common filter. */
@Catch(Problem)
export class PageProblems implements ExceptionFilter<Problem> {
  async catch(error: Problem, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (error instanceof SignInRequired) {
      // What a form is sent to is no page to come back to.
      const back = request.method === 'GET' ? request.routeOptions.url : undefined;
      const next = encodeURIComponent(back ?? '/ops');
      return void (await reply.redirect(`/ops/login?next=${next}`, 303));
    }
    const { status, texts } = error;
    const language = languageOf(request.headers['accept-language']);
    const back = { en: 'Back to the overview', da: 'Tilbage til overblikket' }[language];
    const body = html`<p class="wrong" role="alert">${texts[language]}</p>
      <p><a href="/ops">${back}</a></p>`;
    await reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(page('Just Driving', body, language));
  }
}
