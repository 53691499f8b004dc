import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../../platform/auth/public.js';
import { languageOf } from '../../../../platform/http/language.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import { UnsubscribePageReader } from '../queries/unsubscribe-page-reader.js';
import { UnsubscribeLinks } from '../unsubscribe-links.js';
import { Unsubscribe } from '../use-cases/unsubscribe.js';
import { unknownUnsubscribePage, unsubscribePage } from './unsubscribe.page.js';

/**
 * Where the link of an optional message leads. A look (and mail scanners look at every link) changes nothing; the POST is the page's
 * button, or the mail program's own (RFC 8058), which sends no cookie and follows no redirect.
 */
@Controller('unsubscribe')
@ApiExcludeController()
@Public('the signature of the link says who does not want to hear of what')
export class UnsubscribePagesController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly pages: UnsubscribePageReader,
    private readonly unsubscribe: Unsubscribe,
  ) {}

  @Get(':token')
  @RateLimit({ name: 'unsubscribe-page', points: 60, seconds: 60, by: 'address' })
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(token, request, reply, () => Promise.resolve());
  }

  @Post(':token')
  @HttpCode(200)
  @RateLimit({ name: 'unsubscribe', points: 60, seconds: 60, by: 'address' })
  async stop(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(token, request, reply, (link) => this.unsubscribe.execute(link));
  }

  private async answer(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
    first: (link: NonNullable<ReturnType<UnsubscribeLinks['read']>>) => Promise<void>,
  ): Promise<void> {
    const link = this.links.read(token);
    if (!link) return this.send(reply, 404, unknownUnsubscribePage(languageOf(request.headers['accept-language'])));
    await inSchool(link.schoolId, async () => {
      await first(link);
      await this.send(reply, 200, unsubscribePage(link, await this.pages.of(link)));
    });
  }

  private async send(reply: FastifyReply, status: number, text: string): Promise<void> {
    await reply.code(status).type('text/html; charset=utf-8').send(text);
  }
}
