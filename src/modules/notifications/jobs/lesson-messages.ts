import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import type { Id } from '../../../platform/values/id.js';
import { BookingReader, LessonBooked, LessonCancelled, LessonMoved } from '../../bookings/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageParams } from '../domain/message.js';
import { soonest } from '../domain/soonest.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

interface News {
  readonly bookingId: Id;
  /** What tells of it in its own message. */
  readonly partOf?: Id;
  readonly cause: Id;
  readonly student: MessageKind;
  readonly teacher: MessageKind;
  readonly params?: MessageParams;
}

/** What student and teacher hear about a lesson: the same news, each in his own words. */
@Injectable()
export class LessonMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly bookings: BookingReader,
  ) {}

  @Handles(LessonBooked, { name: 'notifications.confirm-lesson' })
  booked({ id, payload }: EventOf<LessonBooked>): Promise<void> {
    return this.tell({ ...payload, cause: id, student: 'lesson_booked', teacher: 'teacher_lesson_booked' });
  }

  @Handles(LessonMoved, { name: 'notifications.tell-moved-lesson' })
  moved({ id, payload }: EventOf<LessonMoved>): Promise<void> {
    const params = { previousStartsAt: new Date(payload.previousStartsAt).toISOString() };
    return this.tell({ ...payload, cause: id, student: 'lesson_moved', teacher: 'teacher_lesson_moved', params });
  }

  @Handles(LessonCancelled, { name: 'notifications.tell-cancelled-lesson' })
  cancelled({ id, payload }: EventOf<LessonCancelled>): Promise<void> {
    return this.tell({ ...payload, cause: id, student: 'lesson_cancelled', teacher: 'teacher_lesson_cancelled' });
  }

  private async tell({ bookingId, partOf, cause, student, teacher, params }: News): Promise<void> {
    if (partOf) return;
    const booking = await this.bookings.forMessage(bookingId);
    if (!booking) return;
    const happensAt = soonest(booking.startsAt, params?.['previousStartsAt']);
    const order = { subjectId: bookingId, cause, params, happensAt };
    await this.queue.execute([
      { ...order, kind: student, userId: booking.studentUserId },
      { ...order, kind: teacher, userId: booking.teacherUserId },
    ]);
  }
}
