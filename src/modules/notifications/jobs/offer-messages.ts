import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { DayCancellationFinished, DaysForMessages, OfferMade, StudentsDayCancelled } from '../../bookings/index.js';
import { StudentDirectory } from '../../students/index.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

/** Tells students of times that are offered, and students and teachers of cancelled days: each person once. */
@Injectable()
export class OfferMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly students: StudentDirectory,
    private readonly days: DaysForMessages,
  ) {}

  @Handles(OfferMade, { name: 'notifications.offer-time' })
  async offered({ id: cause, payload: { offerId, studentId } }: EventOf<OfferMade>): Promise<void> {
    const { userId } = await this.students.get(studentId);
    await this.queue.execute([{ kind: 'time_offered', userId, subjectId: offerId, cause }]);
  }

  @Handles(StudentsDayCancelled, { name: 'notifications.tell-cancelled-day' })
  async cancelled({ payload: { cancellationId, studentId } }: EventOf<StudentsDayCancelled>): Promise<void> {
    const { userId } = await this.students.get(studentId);
    // Booked anew while the day was being cancelled: he is told no second time.
    const cause = `${cancellationId}:${studentId}`;
    const [first] = (await this.days.ofStudent(cancellationId, userId)).lessons;
    const order = { kind: 'day_cancelled' as const, userId, subjectId: cancellationId, cause };
    await this.queue.execute([{ ...order, ...(first && { happensAt: first.startsAt }) }]);
  }

  @Handles(DayCancellationFinished, { name: 'notifications.tell-teachers-of-cancelled-day' })
  async finished({ id: cause, payload: { cancellationId } }: EventOf<DayCancellationFinished>): Promise<void> {
    const teachers = await this.days.teachersOf(cancellationId);
    const order = { kind: 'teacher_day_cancelled' as const, subjectId: cancellationId, cause };
    const orders = teachers.map(async (userId) => {
      const [first] = (await this.days.ofTeacher(cancellationId, userId)).lessons;
      return { ...order, userId, ...(first && { happensAt: first.startsAt }) };
    });
    await this.queue.execute(await Promise.all(orders));
  }
}
