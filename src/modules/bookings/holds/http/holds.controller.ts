import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AsksOutside, OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import { Uncounted } from '../../../../platform/http/rate-limit/limit-problems.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../../platform/values/id.js';
import {
  type Checkout,
  CheckoutDto,
  CheckoutRejected,
  GatewayUnclear,
  InvoiceNotFound,
  NothingToPay,
  paymentLimit,
  PaymentUnderWay,
} from '../../../finance/index.js';
import { Requires } from '../../../identity/index.js';
import { LessonTypeNotFound } from '../../../schools/index.js';
import { BookingChanged, BookingClosed, BookingNotFound } from '../../domain/errors.js';
import { BookingDto } from '../../http/booking.dto.js';
import type { DiaryEntry } from '../../queries/diary.js';
import { ConfirmHold } from '../use-cases/confirm-hold.js';
import { PayForHold } from '../use-cases/pay-for-hold.js';
import { ReleaseHold } from '../use-cases/release-hold.js';
import { ReleaseHoldDto } from './hold.dto.js';

const closed = new BookingClosed('booked');
const changed = new BookingChanged(undefined);

@Controller('v1/schools/:schoolId/bookings/:bookingId')
@ApiTags('Bookings')
export class HoldsController {
  constructor(
    private readonly confirmHold: ConfirmHold,
    private readonly releaseHold: ReleaseHold,
    private readonly payForHold: PayForHold,
  ) {}

  @Post('confirm')
  @Requires('booking.confirm')
  @OwnTransactions('it tries again when somebody changed the hold meanwhile')
  @Operation({
    id: 'confirmHold',
    summary: 'Make a held time a lesson',
    description: 'Its price is charged, and its people are told. A prepayment that was asked for stays owed.',
    ok: BookingDto,
    problems: [BookingNotFound, closed, changed, LessonTypeNotFound],
  })
  confirm(@CurrentActor() actor: Actor, @IdParam('bookingId') bookingId: Id): Promise<DiaryEntry> {
    return this.confirmHold.execute(actor, bookingId);
  }

  @Post('release')
  @Requires('booking.cancel')
  @OwnTransactions('it tries again when somebody changed the hold meanwhile')
  @Operation({
    id: 'releaseHold',
    summary: 'Give a held time up',
    description: 'It is free at once, and what was asked for it is credited. Nobody is told: it never was a lesson.',
    ok: BookingDto,
    problems: [BookingNotFound, closed, changed],
  })
  release(
    @CurrentActor() actor: Actor,
    @IdParam('bookingId') bookingId: Id,
    @Body() { reason }: ReleaseHoldDto,
  ): Promise<DiaryEntry> {
    return this.releaseHold.execute(actor, bookingId, reason ?? null);
  }

  @Post('checkout')
  @RateLimit(paymentLimit('checkout'))
  @Requires('invoice.pay')
  @AsksOutside('the intent is committed before the gateway is asked; while it is open, a repeat finds it')
  @Operation({
    id: 'payForHold',
    summary: 'Start paying for a held time',
    description: 'Answers where to pay its prepayment. Paid in time, the time is a lesson.',
    ok: CheckoutDto,
    status: 201,
    problems: [
      BookingNotFound,
      closed,
      InvoiceNotFound,
      NothingToPay,
      PaymentUnderWay,
      CheckoutRejected,
      GatewayUnclear,
      Uncounted,
    ],
  })
  checkout(@CurrentActor() actor: Actor, @IdParam('bookingId') bookingId: Id): Promise<Checkout> {
    return this.payForHold.execute(actor, bookingId);
  }
}
