import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import type { Id } from '../../../platform/values/id.js';
import {
  BookingReader,
  LessonsBookedTogether,
  LessonsCancelledTogether,
  LessonsMovedTogether,
} from '../../bookings/index.js';
import { paramsOf } from '../composing/lessons-composer.js';
import type { MessageKind } from '../domain/message-kinds.js';
import { soonest } from '../domain/soonest.js';
import { type MessageOrder, QueueMessages } from '../use-cases/queue-messages.js';

interface News {
  readonly bookingIds: readonly Id[];
  /** When each was before. */
  readonly previous?: ReadonlyMap<Id, string>;
  readonly cause: Id;
  readonly student: MessageKind;
  readonly teacher: MessageKind;
}

/** What people hear of several lessons that were booked, moved or cancelled at once: everybody of his own, in one message. */
@Injectable()
export class LessonsMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly bookings: BookingReader,
  ) {}

  @Handles(LessonsBookedTogether, { name: 'notifications.confirm-lessons' })
  booked({ id, payload }: EventOf<LessonsBookedTogether>): Promise<void> {
    return this.tell({ ...payload, cause: id, student: 'lessons_booked', teacher: 'teacher_lessons_booked' });
  }

  @Handles(LessonsMovedTogether, { name: 'notifications.tell-moved-lessons' })
  moved({ id, payload: { moves } }: EventOf<LessonsMovedTogether>): Promise<void> {
    const previous = new Map(moves.map(({ bookingId, previousStartsAt }) => [bookingId, previousStartsAt]));
    const news = { bookingIds: [...previous.keys()], previous, cause: id };
    return this.tell({ ...news, student: 'lessons_moved', teacher: 'teacher_lessons_moved' });
  }

  @Handles(LessonsCancelledTogether, { name: 'notifications.tell-cancelled-lessons' })
  cancelled({ id, payload }: EventOf<LessonsCancelledTogether>): Promise<void> {
    return this.tell({ ...payload, cause: id, student: 'lessons_cancelled', teacher: 'teacher_lessons_cancelled' });
  }

  private async tell({ bookingIds, previous, cause, student, teacher }: News): Promise<void> {
    const bookings = await this.bookings.forMessages(bookingIds);
    const startsAt = new Map(bookings.map((booking) => [booking.id, booking.startsAt]));
    const order = (kind: MessageKind, userId: Id, ids: readonly Id[]): MessageOrder => {
      const before = previous && ids.map((id) => previous.get(id)!);
      const params = paramsOf({ bookingIds: ids, ...(before && { previous: before }) });
      const happensAt = soonest(...ids.map((id) => startsAt.get(id)), ...(before ?? []));
      return { kind, userId, subjectId: ids[0]!, cause, params, happensAt };
    };
    const idsBy = (userOf: (booking: (typeof bookings)[0]) => Id) =>
      [...Map.groupBy(bookings, userOf)].map(([userId, his]) => [userId, his.map(({ id }) => id)] as const);
    await this.queue.execute([
      ...idsBy(({ studentUserId }) => studentUserId).map(([userId, ids]) => order(student, userId, ids)),
      ...idsBy(({ teacherUserId }) => teacherUserId).map(([userId, ids]) => order(teacher, userId, ids)),
    ]);
  }
}
