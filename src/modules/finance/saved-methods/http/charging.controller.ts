import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { AsksOutside } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import { Uncounted } from '../../../../platform/http/rate-limit/limit-problems.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import {
  AmountNotPositive,
  CheckoutRejected,
  GatewayUnclear,
  InvoiceNotFound,
  NothingToPay,
  PaymentNotFound,
  WrongCurrency,
} from '../../domain/errors.js';
import {
  CaptureAboveReserved,
  GatewayAccountTaken,
  GatewayNotBound,
  NoSavedMethod,
  NoSchoolAccounts,
  PaymentNotOpen,
  PaymentNotReserved,
  PaymentUnderWay,
} from '../../domain/gateway-errors.js';
import { paymentLimit } from '../../http/payment-limit.js';
import { PaymentDto } from '../../http/payment.dto.js';
import { PaymentReader, type PaymentView } from '../../queries/payment-reader.js';
import { ChooseGateway, type GatewayChoice } from '../../use-cases/choose-gateway.js';
import { CancelPayment } from '../use-cases/cancel-payment.js';
import { CapturePayment } from '../use-cases/capture-payment.js';
import { type ChargedInvoice, ChargeInvoice } from '../use-cases/charge-invoice.js';
import { CapturePaymentDto, ChargedInvoiceDto, ChargeInvoiceDto, GatewayChoiceDto } from './saved-method.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Payments')
export class ChargingController {
  constructor(
    private readonly chargeInvoice: ChargeInvoice,
    private readonly capturePayment: CapturePayment,
    private readonly cancelPayment: CancelPayment,
    private readonly chooseGateway: ChooseGateway,
    private readonly payments: PaymentReader,
  ) {}

  @Post('invoices/:invoiceId/charge')
  @RateLimit(paymentLimit('charge-invoice'))
  @Requires('invoice.pay')
  @AsksOutside('the intent is committed before the gateway is asked; while it is open, a repeat finds it')
  @Operation({
    id: 'chargeInvoice',
    summary: 'Pay an invoice by the card saved last',
    description:
      'Charges what is outstanding without the customer. Where his bank wants to see him, the answer says where he pays himself. A checkout that nobody has paid is closed first.',
    ok: ChargedInvoiceDto,
    status: 201,
    problems: [
      InvoiceNotFound,
      NothingToPay,
      NoSavedMethod,
      PaymentUnderWay,
      CheckoutRejected,
      GatewayUnclear,
      Uncounted,
    ],
  })
  charge(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('invoiceId') invoiceId: Id,
    @Body() { capture }: ChargeInvoiceDto,
  ): Promise<ChargedInvoice> {
    return this.chargeInvoice.execute(actor, invoiceId, { capture });
  }

  @Post('payments/:paymentId/capture')
  @Requires('payment.capture')
  @AsksOutside('the gateway is asked between what was decided and what came of it; the payment’s id makes it one')
  @Operation({
    id: 'capturePayment',
    summary: 'Take what a payment has reserved',
    description: 'All or part of it, once; the rest is let go.',
    ok: PaymentDto,
    problems: [
      PaymentNotFound,
      PaymentNotReserved,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      new CaptureAboveReserved(Money.of(65_000, 'DKK')),
      GatewayUnclear,
    ],
  })
  async capture(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('paymentId') paymentId: Id,
    @Body() { amount }: CapturePaymentDto,
  ): Promise<PaymentView> {
    await this.capturePayment.execute(paymentId, amount && Money.of(amount.amount, amount.currency));
    return this.payments.get(actor, paymentId);
  }

  @Post('payments/:paymentId/cancel')
  @Requires('payment.capture')
  @AsksOutside('the gateway is asked between what was decided and what came of it; asking again changes nothing')
  @Operation({
    id: 'cancelPayment',
    summary: 'Cancel a payment that is not done',
    description:
      'Nobody can pay by it afterwards, and what it reserved is let go. One that turns out to be paid stays paid.',
    ok: PaymentDto,
    problems: [PaymentNotFound, PaymentNotOpen, GatewayUnclear],
  })
  async cancel(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('paymentId') paymentId: Id,
  ): Promise<PaymentView> {
    await this.cancelPayment.execute(paymentId);
    return this.payments.get(actor, paymentId);
  }

  @Get('payment-gateway')
  @Requires('payment_gateway.assign')
  @Operation({
    id: 'getPaymentGateway',
    summary: 'Read through which provider a school is paid',
    description: 'The platform’s usual provider, unless another one or an account of the school’s own was chosen.',
    ok: GatewayChoiceDto,
  })
  gateway(@IdParam('schoolId') _schoolId: Id): Promise<GatewayChoice> {
    return this.chooseGateway.read();
  }

  @Put('payment-gateway')
  @Conditional()
  @Requires('payment_gateway.assign')
  @Operation({
    id: 'choosePaymentGateway',
    summary: 'Choose through which provider a school is paid',
    description:
      'For new payments; those already begun stay where they are. On an account of the school’s own the platform keeps its share.',
    ok: GatewayChoiceDto,
    problems: [GatewayNotBound, NoSchoolAccounts, GatewayAccountTaken],
  })
  choose(@IdParam('schoolId') _schoolId: Id, @Body() body: GatewayChoiceDto): Promise<GatewayChoice> {
    return this.chooseGateway.execute(body);
  }
}
