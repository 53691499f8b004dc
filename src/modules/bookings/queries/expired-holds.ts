import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import type { InvoiceSchema } from '../../finance/index.js';
import type { BookingSchema } from '../domain/booking.js';
import { Calendar } from '../domain/calendar/claims.js';
import type { ClaimedSlot } from '../domain/calendar/claimed-slots.js';

/** A hold that ran out and has not been swept yet: whoever wants its time takes it. */
export interface ExpiredHold {
  readonly bookingId: Id;
  readonly claims: readonly ClaimedSlot[];
}

// A lesson lasts eight hours at most, with two hours around it on either side.
const LONGEST = 12 * 3_600_000;

/** The school's holds that stand in the way and need not. */
@Injectable()
export class ExpiredHolds {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  /** Around the range. One that has been paid is no longer anybody's to take. */
  async around({ start, end }: TimeRange): Promise<ExpiredHold[]> {
    const rows = await schoolQuery<Tables<typeof BookingSchema | typeof InvoiceSchema>>(this.em)
      .selectFrom('bookings')
      .leftJoin('invoices', (on) =>
        on
          .onRef('invoices.school_id', '=', 'bookings.school_id')
          .onRef('invoices.id', '=', 'bookings.prepayment_invoice_id'),
      )
      .select('bookings.id')
      .where('bookings.held_until', '<=', this.clock.now())
      .where('bookings.state', '=', 'held')
      .where('bookings.starts_at', '>', new Date(start.getTime() - LONGEST))
      .where('bookings.starts_at', '<', new Date(end.getTime() + LONGEST))
      .where((row) => row.or([row('invoices.id', 'is', null), row('invoices.state', '!=', 'paid')]))
      .execute();
    return Promise.all(rows.map(async ({ id }) => ({ bookingId: id, claims: await this.calendar.heldBy(id) })));
  }
}
