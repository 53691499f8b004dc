import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { Calendar } from '../domain/calendar/claims.js';

const KEPT_DAYS = 60;

/** Claims and masks of long ago answer no question any more; the bookings themselves stay. */
@Injectable()
export class PurgeClaims {
  constructor(private readonly calendar: Calendar) {}

  @Schedule('bookings.purge-claims', { daily: '03:20' })
  async run(now: Date): Promise<void> {
    await this.calendar.purgeBefore(new Date(now.getTime() - KEPT_DAYS * 86_400_000));
  }
}
