import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { Booking } from '../../domain/booking.js';
import { BookingNotFound } from '../../domain/errors.js';
import type { LessonDraft } from '../../use-cases/lesson-drafts.js';

/** A lesson that is given instead of one which the school cancelled costs what that one did, whatever the price list says now, and is not paid for before it is booked. */
@Injectable()
export class KeptTerms {
  constructor(private readonly em: EntityManager) {}

  /** The draft at the terms of that booking. @throws BookingNotFound */
  async of(bookingId: Id, draft: LessonDraft): Promise<LessonDraft> {
    const booking = await this.em.findOne(Booking, { id: bookingId });
    if (!booking) throw new BookingNotFound();
    const { setupMinutes, bufferMinutes, price, vatRateBp, agreed } = booking;
    const { hold: _, ...rest } = draft;
    const length = { minutes: booking.lesson.minutes, setupMinutes, bufferMinutes };
    return {
      ...rest,
      agreed,
      type: { ...draft.type, ...length, price, vatRateBp },
      wish: { ...draft.wish, ...length },
    };
  }
}
