import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../../platform/tenancy/tenancy.js';
import type { BookingSchema } from '../../domain/booking.js';
import { ExpireHold } from '../use-cases/expire-hold.js';

const AT_ONCE = 500;

/** Frees the time of holds that ran out and that nobody has taken meanwhile. */
@Injectable()
export class ExpireHolds {
  private readonly logger = new Logger(ExpireHolds.name);

  constructor(
    private readonly em: EntityManager,
    private readonly expireHold: ExpireHold,
  ) {}

  @Schedule('bookings.expire-holds', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    await eachInItsSchool(
      await this.due(now),
      ({ id }) => this.expireHold.execute(id),
      (err, { id: bookingId }) => this.logger.error({ err, bookingId }, 'a hold could not be ended'),
    );
  }

  private due(now: Date) {
    return acrossSchools('holds that ran out, in every school', () =>
      globalQuery<Tables<typeof BookingSchema>>(this.em)
        .selectFrom('bookings')
        .select(['id', 'school_id as schoolId'])
        .where('held_until', '<=', now)
        .orderBy('held_until')
        .limit(AT_ONCE)
        .execute(),
    );
  }
}
