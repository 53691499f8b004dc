import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../platform/database/transaction.js';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { CloseCheckout } from '../../../finance/index.js';
import { Booking } from '../../domain/booking.js';
import { HoldEnded } from '../../domain/events.js';

/** Whoever is still at the checkout of a hold that is over shall not pay for nothing. */
@Injectable()
export class CloseCheckouts {
  constructor(
    private readonly em: EntityManager,
    private readonly closeCheckout: CloseCheckout,
  ) {}

  @Handles(HoldEnded, { name: 'bookings.close-checkout', mode: 'external' })
  async handle({ payload }: EventOf<HoldEnded>): Promise<void> {
    const invoiceId = await inTransaction(this.em, async () => {
      const booking = await this.em.findOne(Booking, { id: payload.bookingId });
      return booking?.prepaymentInvoiceId ?? null;
    });
    if (invoiceId) await this.closeCheckout.execute(invoiceId);
  }
}
