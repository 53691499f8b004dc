import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { pageOf, type Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Scheduling } from '../../schools/index.js';
import type { BookingState } from '../domain/booking-state.js';
import { rangeOf, type AskedDates } from './date-range.js';
import type { DiaryEntry } from './diary.js';
import { OwnDiary } from './own-diary.js';
import { positionKey, positionOf } from './page-position.js';

export interface BookingsQuestion extends AskedDates {
  readonly teacherId?: Id;
  readonly studentId?: Id;
  readonly state?: BookingState;
  readonly limit: number;
  readonly cursor?: string;
}

/** The diary of some days, page by page. */
@Injectable()
export class ListBookings {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly diary: OwnDiary,
  ) {}

  /** @throws RangeInvalid | NotYourBooking */
  async execute(actor: Actor, { from, until, cursor, ...filter }: BookingsQuestion): Promise<Page<DiaryEntry>> {
    const { zone } = await this.scheduling.school();
    const range = rangeOf({ from, until }, zone, this.clock.now(), { defaultDays: 28, maxDays: 366 });
    const entries = await this.diary.list(actor, { ...filter, range, after: positionOf(cursor) });
    return pageOf(entries, filter.limit, positionKey);
  }
}
