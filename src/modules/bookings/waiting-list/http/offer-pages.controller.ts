import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../../platform/auth/public.js';
import { EnumField, InstantField } from '../../../../platform/http/fields.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { type Language, languageOf } from '../../../../platform/http/language.js';
import { Problem } from '../../../../platform/http/problem.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import { OfferLinks, type OfferLink } from '../queries/offer-links.js';
import { OfferPageReader } from '../queries/offer-page-reader.js';
import { AnswerByLink } from '../use-cases/answer-by-link.js';
import { offerPage, unknownOfferPage } from './offer.page.js';

class OfferAnswerDto {
  @EnumField(['accept', 'decline'], { description: 'What the student answers.', example: 'accept' })
  answer: 'accept' | 'decline';

  @InstantField({ description: 'Which time.', example: '2026-12-01T08:00:00.000Z', optional: true })
  startsAt?: Date;
}

/**
 * The page behind the link of an offer. A look (and mail scanners look at every link) changes nothing; the answer is a POST that
 * carries the secret of the address and no cookie, so that no other site has anything to forge it with.
 */
@Controller('offers')
@ApiExcludeController()
@Public('the secret of the link says who answers, and to what')
export class OfferPagesController {
  constructor(
    private readonly links: OfferLinks,
    private readonly pages: OfferPageReader,
    private readonly answerByLink: AnswerByLink,
  ) {}

  @Get(':token')
  @RateLimit({ name: 'offer-page', points: 60, seconds: 60, by: 'address' })
  async show(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const link = await this.links.find(token);
    if (!link) return this.unknown(request, reply);
    await this.render(link, reply, 200);
  }

  @Post(':token')
  @OwnTransactions('accepting tries again in a new transaction when somebody else was faster')
  @RateLimit({ name: 'offer-answer', points: 20, seconds: 60, by: 'address' })
  async answer(
    @Param('token') token: string,
    @Body() { answer, startsAt }: OfferAnswerDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.links.find(token);
    if (!link) return this.unknown(request, reply);
    try {
      await inSchool(link.schoolId, () => this.answerByLink.execute(link, answer, startsAt));
      // A reload shows what became of it, and answers nothing again.
      await reply.redirect(`/offers/${token}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.render(link, reply, error.status, error);
    }
  }

  private async render(link: OfferLink, reply: FastifyReply, status: number, problem?: Problem): Promise<void> {
    const { offer, ...frame } = await inSchool(link.schoolId, () => this.pages.of(link));
    // What the page itself says of a closed offer is kinder.
    const refusal = offer.state === 'open' && offer.choices.length > 0 ? problem?.texts[frame.language] : undefined;
    await html(reply, status).send(offerPage(offer, { ...frame, ...(refusal && { refusal }) }));
  }

  private async unknown(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const language: Language = languageOf(request.headers['accept-language']);
    await html(reply, 404).send(unknownOfferPage(language));
  }
}

function html(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8');
}
