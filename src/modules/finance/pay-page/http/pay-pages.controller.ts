import { Body, Controller, Get, Param, Post, Query, Req, Res, type StreamableFile, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../../platform/auth/public.js';
import { AppConfig } from '../../../../platform/config/app.config.js';
import { EnumField, IdField } from '../../../../platform/http/fields.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { type Language, languageOf, languages } from '../../../../platform/http/language.js';
import { Problem } from '../../../../platform/http/problem.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { LogoNotFound, SchoolLogos, sendLogo } from '../../../schools/index.js';
import { NothingToPay } from '../../domain/errors.js';
import { paymentLimit } from '../../http/payment-limit.js';
import { CheckPayment } from '../../use-cases/check-payment.js';
import { PayPageReader, type PaymentPlace, type PayPlace } from '../queries/pay-page-reader.js';
import { PayByLink } from '../use-cases/pay-by-link.js';
import { sendPayPage } from './page-headers.js';
import { PayPageLimits } from './pay-page-limits.js';
import { emptyPage, type PayFailure, payPage, type PayResult, resultPage } from './pay-pages.js';

class PayPageQuery {
  @EnumField(languages, { description: 'The language of the page.', example: 'da', optional: true })
  lang?: Language;
}

class PayResultQuery extends PayPageQuery {
  @IdField({ description: 'The payment that the gateway sends back from.', optional: true })
  payment?: Id;
}

class PayAgainDto {
  @IdField({ description: 'The payment that led nowhere.' })
  payment: Id;
}

const ownTransactions = 'the intent is committed before the gateway is asked; while it is open, a repeat finds it';

/**
 * The pages on which an invoice is paid without signing in. A look (and mail scanners look at every link) changes nothing; paying is
 * a POST that carries the secret of the address and no cookie.
 */
@Controller('pay')
@ApiExcludeController()
@Public('the secret of the link says which invoice is paid')
@UseFilters(PayPageLimits)
export class PayPagesController {
  constructor(
    private readonly pages: PayPageReader,
    private readonly payByLink: PayByLink,
    private readonly checkPayment: CheckPayment,
    private readonly logos: SchoolLogos,
    private readonly app: AppConfig,
  ) {}

  @Get('done')
  @RateLimit({ name: 'pay-result', points: 30, seconds: 60, by: 'address' })
  done(@Query() query: PayResultQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.result('waiting', query, request, reply);
  }

  @Get('cancelled')
  @RateLimit({ name: 'pay-result', points: 30, seconds: 60, by: 'address' })
  cancelled(@Query() query: PayResultQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.result('cancelled', query, request, reply);
  }

  @Post('again')
  @OwnTransactions(ownTransactions)
  @RateLimit({ ...paymentLimit('pay-begin'), by: 'address' })
  async again(
    @Query() { lang }: PayPageQuery,
    @Body() body: PayAgainDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const place = await this.pages.payment(body.payment);
    if (!place) return this.send(reply, 404, emptyPage('unknown', lang ?? wanted(request)));
    await this.pay(place, reply, lang, `/pay/done?payment=${place.paymentId}`);
  }

  @Get(':token')
  @RateLimit({ name: 'pay-page', points: 60, seconds: 60, by: 'address' })
  async show(
    @Param('token') token: string,
    @Query() { lang }: PayPageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const place = await this.usable(token, lang, request, reply);
    if (place) await this.render(place, reply, lang);
  }

  @Get(':token/logo')
  @RateLimit({ name: 'pay-page', points: 60, seconds: 60, by: 'address' })
  async logo(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const place = await this.pages.link(token);
    if (!place || place.isExpired) throw new LogoNotFound();
    return inSchool(place.schoolId, () => sendLogo(this.logos, request, reply));
  }

  @Post(':token')
  @OwnTransactions(ownTransactions)
  @RateLimit({ ...paymentLimit('pay-begin'), by: 'address' })
  async begin(
    @Param('token') token: string,
    @Query() { lang }: PayPageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const place = await this.usable(token, lang, request, reply);
    if (place) await this.pay(place, reply, lang, `/pay/${token}${lang ? `?lang=${lang}` : ''}`);
  }

  private async pay(place: PayPlace, reply: FastifyReply, lang: Language | undefined, back: string): Promise<void> {
    try {
      await reply.redirect(await this.payByLink.execute(place), 303);
    } catch (error) {
      // Somebody else has paid meanwhile: the page says so.
      if (error instanceof NothingToPay) return void (await reply.redirect(back, 303));
      if (!(error instanceof Problem)) throw error;
      await this.render(place, reply, lang, error);
    }
  }

  private async result(
    otherwise: 'waiting' | 'cancelled',
    { lang, payment }: PayResultQuery,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const place = payment ? await this.pages.payment(payment) : null;
    const without = otherwise === 'waiting' ? 'thanks' : 'cancelled';
    if (!place) return this.send(reply, 200, emptyPage(without, lang ?? (payment ? wanted(request) : 'da')));
    await inSchool(place.schoolId, async () => {
      const result = await this.outcome(place, otherwise);
      const invoice = await this.pages.invoice(place.invoiceId);
      await this.send(reply, 200, resultPage(result, invoice, place.paymentId, lang ?? invoice.locale));
    });
  }

  /** The gateway's own word; while it has none, the way by which somebody came back. */
  private async outcome({ paymentId }: PaymentPlace, otherwise: PayResult): Promise<PayResult> {
    await this.checkPayment.look(paymentId);
    const state = await this.pages.paymentState(paymentId);
    if (state === 'succeeded') return 'done';
    return state === 'failed' || state === 'expired' ? 'failed' : otherwise;
  }

  /** The link's invoice; null once another page has been sent. */
  private async usable(
    token: string,
    lang: Language | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PayPlace | null> {
    const place = await this.pages.link(token);
    if (place && !place.isExpired) return place;
    if (!place) await this.send(reply, 404, emptyPage('unknown', lang ?? wanted(request)));
    else {
      const invoice = await inSchool(place.schoolId, () => this.pages.invoice(place.invoiceId));
      await this.send(reply, 410, emptyPage('expired', lang ?? invoice.locale, invoice));
    }
    return null;
  }

  private async render(
    { schoolId, invoiceId, token }: PayPlace,
    reply: FastifyReply,
    lang: Language | undefined,
    problem?: Problem,
  ): Promise<void> {
    const invoice = await inSchool(schoolId, () => this.pages.invoice(invoiceId));
    const failure: PayFailure | undefined = problem && (problem.status === 503 ? 'down' : 'rejected');
    await this.send(reply, problem?.status ?? 200, payPage(invoice, lang ?? invoice.locale, { failure, token }));
  }

  private async send(reply: FastifyReply, status: number, page: string): Promise<void> {
    await sendPayPage(reply, status, page, this.app.publicUrl);
  }
}

function wanted(request: FastifyRequest): Language {
  return languageOf(request.headers['accept-language']);
}
