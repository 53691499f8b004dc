import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { Requires } from '../../identity/index.js';
import {
  AmountNotPositive,
  PaymentNotFound,
  RefundAboveReceived,
  RefundByHand,
  WrongCurrency,
} from '../domain/errors.js';
import { PaymentReader, type PaymentSummary, type PaymentView, type RefundView } from '../queries/payment-reader.js';
import { RefundPayment } from '../use-cases/refund-payment.js';
import { PaymentDto, PaymentListQuery, PaymentSummaryDto, RefundDto, RefundPaymentDto } from './payment.dto.js';

const whose = 'A student sees his own alone.';

@Controller('v1/schools/:schoolId/payments')
@ApiTags('Payments')
export class PaymentsController {
  constructor(
    private readonly refundPayment: RefundPayment,
    private readonly payments: PaymentReader,
  ) {}

  @Get()
  @Requires('payment.read')
  @Operation({
    id: 'listPayments',
    summary: 'List payments, newest first',
    description: whose,
    ok: PageOf(PaymentSummaryDto),
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: PaymentListQuery,
  ): Promise<Page<PaymentSummary>> {
    return this.payments.list(actor, query);
  }

  @Get(':paymentId')
  @Requires('payment.read')
  @Operation({
    id: 'getPayment',
    summary: 'Read a payment and its refunds',
    description: whose,
    ok: PaymentDto,
    problems: [PaymentNotFound],
  })
  get(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('paymentId') paymentId: Id,
  ): Promise<PaymentView> {
    return this.payments.get(actor, paymentId);
  }

  @Post(':paymentId/refunds')
  @Requires('payment.refund')
  @Operation({
    id: 'refundPayment',
    summary: 'Give a payment back, in whole or in part',
    description:
      'The money goes back the way it came. The provider is asked at once; the refund’s state tells when it is done.',
    ok: RefundDto,
    status: 202,
    problems: [
      PaymentNotFound,
      RefundByHand,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      new RefundAboveReceived(Money.of(65_000, 'DKK')),
    ],
  })
  async refund(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('paymentId') paymentId: Id,
    @Body() body: RefundPaymentDto,
  ): Promise<RefundView> {
    return this.payments.refund(await this.refundPayment.execute(actor, body.toCommand(paymentId)));
  }
}
