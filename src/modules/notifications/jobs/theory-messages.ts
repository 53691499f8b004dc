import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { TheoryLinked } from '../../education/index.js';
import { StudentDirectory } from '../../students/index.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

/** Tells students of their place at the theory platform. */
@Injectable()
export class TheoryMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly students: StudentDirectory,
  ) {}

  @Handles(TheoryLinked, { name: 'notifications.tell-theory-linked' })
  async linked({ id: cause, payload: { linkId, studentId } }: EventOf<TheoryLinked>): Promise<void> {
    const { userId } = await this.students.get(studentId);
    await this.queue.execute([{ kind: 'theory_linked', userId, subjectId: linkId, cause }]);
  }
}
