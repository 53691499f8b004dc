import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import {
  AllocationAboveOutstanding,
  AllocationAbovePayment,
  AmountNotPositive,
  InvoiceNotFound,
  PaymentNotFound,
  PaymentNotReversible,
  ReceivedInFuture,
  RefundAboveReceived,
  WrongCurrency,
} from '../../domain/errors.js';
import { PaymentDto, RefundDto } from '../../http/payment.dto.js';
import { PaymentReader, type PaymentView, type RefundView } from '../../queries/payment-reader.js';
import { NotSoMuchInTill, TillClosed } from '../domain/till-problems.js';
import { PayOutRefund } from '../use-cases/pay-out-refund.js';
import { RecordPayment } from '../use-cases/record-payment.js';
import { ReversePayment } from '../use-cases/reverse-payment.js';
import { PayOutRefundDto, RecordPaymentDto, ReversePaymentDto } from './manual-payment.dto.js';

@Controller('v1/schools/:schoolId/payments')
@ApiTags('Payments')
export class ManualPaymentsController {
  constructor(
    private readonly recordPayment: RecordPayment,
    private readonly reversePayment: ReversePayment,
    private readonly payOutRefund: PayOutRefund,
    private readonly payments: PaymentReader,
  ) {}

  @Post()
  @Requires('payment.record')
  @Operation({
    id: 'recordPayment',
    summary: 'Record money that came by hand',
    description:
      'Cash, a bank transfer or the MobilePay box. It pays the student’s invoices; what they do not need is his credit.',
    ok: PaymentDto,
    status: 201,
    problems: [
      StudentNotFound,
      InvoiceNotFound,
      ReceivedInFuture,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      AllocationAbovePayment,
      new AllocationAboveOutstanding(Money.of(65_000, 'DKK')),
    ],
  })
  async record(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: RecordPaymentDto,
  ): Promise<PaymentView> {
    return this.payments.get(actor, await this.recordPayment.execute(actor, body.toCommand()));
  }

  @Post(':paymentId/reversal')
  @AlwaysAdmitted('what was recorded wrongly is taken back')
  @Requires('payment.reverse')
  @Operation({
    id: 'reversePayment',
    summary: 'Undo a payment that was recorded by mistake',
    description:
      'Nothing is deleted: entries of their own take it back, and the invoices it paid are open again. Money that did come is refunded instead.',
    ok: PaymentDto,
    problems: [PaymentNotFound, PaymentNotReversible, TillClosed],
  })
  async reverse(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('paymentId') paymentId: Id,
    @Body() { reason }: ReversePaymentDto,
  ): Promise<PaymentView> {
    await this.reversePayment.execute(actor, paymentId, reason);
    return this.payments.get(actor, paymentId);
  }

  @Post(':paymentId/payouts')
  @Requires('payment.refund')
  @Operation({
    id: 'payOutRefund',
    summary: 'Record that a payment was given back by hand',
    description:
      'In cash (out of the till that is open, as far as it should hold that) or by bank transfer, whichever way it came. No provider is asked.',
    ok: RefundDto,
    status: 201,
    problems: [
      PaymentNotFound,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      new RefundAboveReceived(Money.of(65_000, 'DKK')),
      new NotSoMuchInTill(Money.of(65_000, 'DKK')),
    ],
  })
  async payOut(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('paymentId') paymentId: Id,
    @Body() body: PayOutRefundDto,
  ): Promise<RefundView> {
    return this.payments.refund(await this.payOutRefund.execute(actor, body.toCommand(paymentId)));
  }
}
