import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DiaryChange } from '../../live/domain/diary-news.js';
import { DiaryTopic } from '../../live/queries/diary-topic.js';
import { ExamCancelled, type ExamMove, ExamMoved, ExamPlanned, ExamReported } from '../domain/exam-events.js';
import { ExamNews } from '../queries/exam-news.js';

// As for lessons: at least once.
const to = (change: string) => ({ name: `bookings.tell_diary_exam_${change}`, mode: 'external' }) as const;

/** Tells whoever has the diary open what became of an exam. */
@Injectable()
export class TellDiaryOfExams {
  constructor(
    private readonly exams: ExamNews,
    private readonly diary: DiaryTopic,
  ) {}

  @Handles(ExamPlanned, to('planned'))
  async planned(event: EventOf<ExamPlanned>): Promise<void> {
    await this.tell('created', event);
  }

  @Handles(ExamMoved, to('moved'))
  async moved(event: EventOf<ExamMoved>): Promise<void> {
    await this.tell('moved', event, event.payload);
  }

  @Handles(ExamCancelled, to('cancelled'))
  async cancelled(event: EventOf<ExamCancelled>): Promise<void> {
    await this.tell('cancelled', event);
  }

  @Handles(ExamReported, to('reported'))
  async reported(event: EventOf<ExamReported>): Promise<void> {
    await this.tell(event.payload.result === 'no_show' ? 'no_show' : 'completed', event);
  }

  private async tell(
    change: DiaryChange,
    { id: eventId, payload }: { readonly id: Id; readonly payload: { readonly examId: Id } },
    move?: ExamMove,
  ): Promise<void> {
    const exam = await this.exams.read(payload.examId);
    if (!exam) return;
    const previous = move && { startsAt: move.previousStartsAt, teacherId: move.previousTeacherId };
    await this.diary.tell(change, { eventId, ...exam, previous: previous ?? null });
  }
}
