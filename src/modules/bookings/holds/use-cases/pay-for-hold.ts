import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { Id } from '../../../../platform/values/id.js';
import { type Checkout, CreateCheckout, NothingToPay } from '../../../finance/index.js';
import { BookingClosed } from '../../domain/errors.js';
import { OwnDiary } from '../../queries/own-diary.js';

/** Where the prepayment of a held time is paid. */
@Injectable()
export class PayForHold {
  constructor(
    private readonly diary: OwnDiary,
    private readonly checkouts: CreateCheckout,
  ) {}

  /** @throws BookingNotFound | BookingClosed | NothingToPay | CheckoutRejected | GatewayUnclear */
  async execute(actor: Actor, bookingId: Id): Promise<Checkout> {
    const { state, hold } = await this.diary.entry(actor, bookingId);
    if (!hold) throw new BookingClosed(state);
    if (!hold.invoiceId) throw new NothingToPay();
    return this.checkouts.execute(actor, hold.invoiceId);
  }
}
