import { Body, Controller, Get, Header, Headers, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { opsCookie, Authenticator } from '../../../platform/auth/authenticator.js';
import { Public } from '../../../platform/auth/public.js';
import { AppConfig } from '../../../platform/config/app.config.js';
import { languageOf } from '../../../platform/http/language.js';
import { Problem } from '../../../platform/http/problem.js';
import { RequestSender, type Sender } from '../../../platform/http/sender.js';
import { LogInOperator, operatorSeconds } from '../use-cases/log-in-operator.js';
import { OpsLoginDto, OpsLoginQuery } from './ops-login.dto.js';
import { opsLoginPage } from './ops-login.page.js';

/** The cookie login of the pages under /ops. */
@Controller('ops/login')
@ApiExcludeController()
@Public('the way in for operators')
export class OpsLoginController {
  constructor(
    private readonly logInOperator: LogInOperator,
    private readonly authenticator: Authenticator,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  form(@Query() { next }: OpsLoginQuery, @Headers('accept-language') accepted: string | undefined): string {
    return opsLoginPage(languageOf(accepted), ownPage(next));
  }

  @Post()
  async login(
    @Body() { next, ...given }: OpsLoginDto,
    @RequestSender() sender: Sender,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.authenticator.assertOwnOrigin(request);
    try {
      const token = await this.logInOperator.execute(given, sender);
      const { name, ...cookie } = opsCookie(this.config.publicUrl);
      await reply.setCookie(name, token, { ...cookie, maxAge: operatorSeconds }).redirect(ownPage(next), 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const language = languageOf(request.headers['accept-language']);
      if (error.retryAfterSeconds) reply.header('retry-after', String(error.retryAfterSeconds));
      await reply
        .code(error.status)
        .type('text/html; charset=utf-8')
        .send(opsLoginPage(language, ownPage(next), error.texts[language]));
    }
  }
}

// Only to a page of the operators: a link to the login must not lead out of the house.
function ownPage(next: string | undefined): string {
  return next && /^\/ops(\/[\w/-]*)?$/.test(next) ? next : '/ops';
}
