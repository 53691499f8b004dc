import { Body, Controller, Get, Header, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { opsCookie, Authenticator } from '../../../platform/auth/authenticator.js';
import { Public } from '../../../platform/auth/public.js';
import { AppConfig } from '../../../platform/config/app.config.js';
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
  form(@Query() { next }: OpsLoginQuery): string {
    return opsLoginPage(ownPage(next), false);
  }

  @Post()
  async login(
    @Body() { email, password, next }: OpsLoginDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.authenticator.assertOwnOrigin(request);
    const token = await this.logInOperator.execute(email, password);
    if (token) {
      const secure = this.config.publicUrl.startsWith('https:');
      await reply
        .setCookie(opsCookie, token, {
          path: '/ops',
          httpOnly: true,
          sameSite: 'strict',
          secure,
          maxAge: operatorSeconds,
        })
        .redirect(ownPage(next), 303);
    } else {
      await reply
        .code(401)
        .type('text/html; charset=utf-8')
        .send(opsLoginPage(ownPage(next), true));
    }
  }
}

// Only to a page of the operators: a link to the login must not lead out of the house.
function ownPage(next: string | undefined): string {
  return next && /^\/ops(\/[\w/-]*)?$/.test(next) ? next : '/ops';
}
