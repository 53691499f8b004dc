import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import { Uncounted } from '../../../platform/http/rate-limit/limit-problems.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { CheckoutRejected, GatewayUnclear, InvoiceNotFound, NothingToPay } from '../domain/errors.js';
import { IntentsNotSupported, PaymentUnderWay } from '../domain/gateway-errors.js';
import { CreatePaymentIntent, type PayableIntent } from '../use-cases/create-payment-intent.js';
import { paymentLimit } from './payment-limit.js';
import { PaymentIntentDto } from './payment.dto.js';

@Controller('v1/schools/:schoolId/invoices/:invoiceId/payment-intents')
@ApiTags('Payments')
export class PaymentIntentsController {
  constructor(private readonly createPaymentIntent: CreatePaymentIntent) {}

  @Post()
  @RateLimit(paymentLimit('payment-intent'))
  @Requires('invoice.pay')
  @AnswerNotStored('whoever has the secret may pay')
  @Operation({
    id: 'createPaymentIntent',
    summary: 'Start paying an invoice in the school’s own app',
    description:
      'Answers what the app hands to the provider’s library. While that intent is open, asking again answers the same; a checkout that nobody has paid is closed first.',
    ok: PaymentIntentDto,
    status: 201,
    problems: [
      InvoiceNotFound,
      NothingToPay,
      IntentsNotSupported,
      PaymentUnderWay,
      CheckoutRejected,
      GatewayUnclear,
      Uncounted,
    ],
  })
  create(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('invoiceId') invoiceId: Id,
  ): Promise<PayableIntent> {
    return this.createPaymentIntent.execute(actor, invoiceId);
  }
}
