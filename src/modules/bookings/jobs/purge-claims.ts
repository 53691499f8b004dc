import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { Calendar } from '../domain/calendar/claims.js';
import { keptFrom } from '../domain/calendar/retention.js';

/** Claims and masks of long ago answer no question any more; the bookings themselves stay. */
@Injectable()
export class PurgeClaims {
  constructor(private readonly calendar: Calendar) {}

  @Schedule('bookings.purge-claims', { daily: '03:20' })
  async run(now: Date): Promise<void> {
    await this.calendar.purgeBefore(keptFrom(now));
  }
}
