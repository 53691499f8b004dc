import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import { Scheduling } from '../../schools/index.js';
import { rangeOf, type AskedDates } from './date-range.js';
import type { BookingsAsked, DiaryEntry } from './diary.js';
import { OwnDiary } from './own-diary.js';

export type BookingsQuestion = AskedDates & BookingsAsked;

/** The diary of some days, page by page. */
@Injectable()
export class ListBookings {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly diary: OwnDiary,
  ) {}

  /** @throws RangeInvalid | StudentNotFound */
  async execute(actor: Actor, question: BookingsQuestion): Promise<Page<DiaryEntry>> {
    const { zone } = await this.scheduling.school();
    const range = rangeOf(question, zone, this.clock.now(), { defaultDays: 28, maxDays: 366 });
    return this.diary.list(actor, range, question);
  }
}
