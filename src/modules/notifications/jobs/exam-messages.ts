import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import type { Id } from '../../../platform/values/id.js';
import { ExamCancelled, ExamDeadlineNear, ExamMoved, ExamPlanned, ExamsForMessages } from '../../bookings/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageParams } from '../domain/message.js';
import { soonest } from '../domain/soonest.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

/** What a student hears about his exams. */
@Injectable()
export class ExamMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly exams: ExamsForMessages,
  ) {}

  @Handles(ExamPlanned, { name: 'notifications.tell-exam' })
  planned({ id, payload }: EventOf<ExamPlanned>): Promise<void> {
    return this.tell('exam_planned', payload.examId, id);
  }

  @Handles(ExamMoved, { name: 'notifications.tell-moved-exam' })
  moved({ id, payload }: EventOf<ExamMoved>): Promise<void> {
    const previousStartsAt = new Date(payload.previousStartsAt).toISOString();
    return this.tell('exam_moved', payload.examId, id, { previousStartsAt });
  }

  @Handles(ExamCancelled, { name: 'notifications.tell-cancelled-exam' })
  cancelled({ id, payload }: EventOf<ExamCancelled>): Promise<void> {
    return this.tell('exam_cancelled', payload.examId, id);
  }

  @Handles(ExamDeadlineNear, { name: 'notifications.tell-exam-deadline' })
  deadline({ id, payload }: EventOf<ExamDeadlineNear>): Promise<void> {
    const cancelBy = new Date(payload.cancelBy).toISOString();
    return this.tell('exam_deadline', payload.examId, id, { cancelBy });
  }

  private async tell(kind: MessageKind, examId: Id, cause: Id, params?: MessageParams): Promise<void> {
    const exam = await this.exams.get(examId);
    if (!exam) return;
    const happensAt = soonest(exam.startsAt, params?.['previousStartsAt']);
    await this.queue.execute([
      { kind, userId: exam.studentUserId, subjectId: examId, cause, happensAt, ...(params && { params }) },
    ]);
  }
}
