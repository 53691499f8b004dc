import { Injectable } from '@nestjs/common';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { newId } from '../../../../platform/values/id.js';
import type { Booking } from '../../domain/booking.js';
import { LessonWriter } from '../../use-cases/lesson-writer.js';
import { LessonsBookedTogether } from '../domain/series-events.js';
import type { LessonsPlan } from './lessons-planner.js';
import type { WantedLessons } from './wanted-lessons.js';

/** Books all that was planned, in the caller's transaction; its people hear of it in one message. */
@Injectable()
export class LessonsBooker {
  constructor(
    private readonly lessons: LessonWriter,
    private readonly outbox: Outbox,
  ) {}

  /** @throws SlotBusy, which must roll the transaction back */
  async book({ request, drafts }: WantedLessons, { placed }: LessonsPlan): Promise<Booking[]> {
    const draftOf = new Map(drafts.map((draft) => [draft.wish.bookingId, draft]));
    const all = placed.map(({ wish, place }) => ({ draft: { ...draftOf.get(wish.bookingId)!, wish }, place }));
    // One lesson is told of as any other.
    if (all.length === 1) return this.lessons.bookAll(request.actor, all);
    const partOf = newId();
    const bookings = await this.lessons.bookAll(request.actor, all, { partOf });
    await this.outbox.record(new LessonsBookedTogether({ partOf, bookingIds: bookings.map(({ id }) => id) }));
    return bookings;
  }
}
