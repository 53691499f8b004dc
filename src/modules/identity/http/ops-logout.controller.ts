import { Controller, Post, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentUser, type SignedInUser } from '../../../platform/auth/actor.js';
import { opsCookie } from '../../../platform/auth/authenticator.js';
import { AppConfig } from '../../../platform/config/app.config.js';
import { PageProblems } from '../../../platform/operations/pages/page-problems.filter.js';
import { Requires } from '../domain/requires.js';
import { EndOwnSession } from '../use-cases/end-own-session.js';

/** The way out for operators: the session ends, not the cookie alone. */
@Controller('ops/logout')
@ApiExcludeController()
@UseFilters(PageProblems)
export class OpsLogoutController {
  constructor(
    private readonly endOwnSession: EndOwnSession,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @Requires('account.update')
  async logout(@CurrentUser() { userId, sessionId }: SignedInUser, @Res() reply: FastifyReply): Promise<void> {
    await this.endOwnSession.execute(userId, sessionId);
    const { name, ...cookie } = opsCookie(this.config.publicUrl);
    await reply.clearCookie(name, cookie).redirect('/ops/login', 303);
  }
}
