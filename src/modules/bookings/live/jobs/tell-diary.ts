import { Injectable } from '@nestjs/common';
import type { DomainEvent, EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import type { Id } from '../../../../platform/values/id.js';
import {
  HoldEnded,
  LessonBooked,
  LessonCancelled,
  LessonCompleted,
  LessonHeld,
  LessonMoved,
  type LessonMove,
  StudentDidNotShow,
} from '../../domain/events.js';
import type { DiaryChange } from '../domain/diary-news.js';
import { DiaryTopic } from '../queries/diary-topic.js';
import { LessonNewsReader } from '../queries/lesson-news.js';

// Redis is an outside call: at least once, and listeners know a repeat by the event's id.
const to = (change: DiaryChange) => ({ name: `bookings.tell_diary_${change}`, mode: 'external' }) as const;

/** Tells whoever has the diary open what became of a lesson. */
@Injectable()
export class TellDiary {
  constructor(
    private readonly lessons: LessonNewsReader,
    private readonly diary: DiaryTopic,
  ) {}

  @Handles(LessonBooked, to('created'))
  async created(event: EventOf<LessonBooked>): Promise<void> {
    await this.tell('created', event);
  }

  @Handles(LessonMoved, to('moved'))
  async moved(event: EventOf<LessonMoved>): Promise<void> {
    await this.tell('moved', event, event.payload);
  }

  @Handles(LessonCancelled, to('cancelled'))
  async cancelled(event: EventOf<LessonCancelled>): Promise<void> {
    await this.tell('cancelled', event);
  }

  @Handles(LessonCompleted, to('completed'))
  async completed(event: EventOf<LessonCompleted>): Promise<void> {
    await this.tell('completed', event);
  }

  @Handles(StudentDidNotShow, to('no_show'))
  async didNotShow(event: EventOf<StudentDidNotShow>): Promise<void> {
    await this.tell('no_show', event);
  }

  @Handles(LessonHeld, to('held'))
  async held(event: EventOf<LessonHeld>): Promise<void> {
    await this.tell('held', event);
  }

  @Handles(HoldEnded, to('hold_ended'))
  async holdEnded(event: EventOf<HoldEnded>): Promise<void> {
    await this.tell('hold_ended', event);
  }

  private async tell(
    change: DiaryChange,
    { id: eventId, payload }: EventOf<DomainEvent<{ bookingId: Id }>>,
    move?: LessonMove,
  ): Promise<void> {
    const lesson = await this.lessons.read(payload.bookingId);
    if (!lesson) return;
    const previous = move && { startsAt: move.previousStartsAt, teacherId: move.previousTeacherId ?? null };
    await this.diary.tell(change, { eventId, ...lesson, previous: previous ?? null });
  }
}
