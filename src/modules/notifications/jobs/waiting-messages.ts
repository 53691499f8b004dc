import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { ClassReader, CourseWaitingListJoined, EntriesForMessages, WaitingListJoined } from '../../bookings/index.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

/** Confirms to students that they wait: for a kind of lesson, or for a seat on a course. */
@Injectable()
export class WaitingMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly entries: EntriesForMessages,
    private readonly classes: ClassReader,
  ) {}

  @Handles(WaitingListJoined, { name: 'notifications.confirm-waiting' })
  async joined({ id: cause, payload: { entryId } }: EventOf<WaitingListJoined>): Promise<void> {
    const entry = await this.entries.get(entryId);
    if (!entry) return;
    const order = { kind: 'waiting_list_joined', userId: entry.studentUserId, subjectId: entryId, cause } as const;
    await this.queue.execute([order]);
  }

  @Handles(CourseWaitingListJoined, { name: 'notifications.confirm-waiting-for-course' })
  async joinedCourse({ id: cause, payload: { waiterId } }: EventOf<CourseWaitingListJoined>): Promise<void> {
    const place = await this.classes.waiter(waiterId);
    if (!place) return;
    const order = { kind: 'waiting_list_joined', userId: place.studentUserId, subjectId: waiterId, cause } as const;
    await this.queue.execute([order]);
  }
}
