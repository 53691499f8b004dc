import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { DiaryTopic } from '../../live/queries/diary-topic.js';
import { ClassCancelled, ClassMoved, CourseCancelled, CoursePlanned } from '../domain/events.js';
import { ClassNews } from '../queries/class-news.js';

// As for lessons: at least once.
const to = (change: string) => ({ name: `bookings.tell_diary_${change}`, mode: 'external' }) as const;

/** Tells whoever has the diary open what became of the classes in it. */
@Injectable()
export class TellDiaryOfClasses {
  constructor(
    private readonly classes: ClassNews,
    private readonly diary: DiaryTopic,
  ) {}

  @Handles(CoursePlanned, to('course_planned'))
  async planned({ id: eventId, payload: { courseId } }: EventOf<CoursePlanned>): Promise<void> {
    for (const session of await this.classes.ofCourse(courseId, 'planned'))
      await this.diary.tell('created', { eventId, ...session, previous: null });
  }

  @Handles(ClassMoved, to('class_moved'))
  async moved({ id: eventId, payload }: EventOf<ClassMoved>): Promise<void> {
    const previous = { startsAt: payload.previousStartsAt, teacherId: payload.previousTeacherId };
    for (const session of await this.classes.ofSession(payload.sessionId))
      await this.diary.tell('moved', { eventId, ...session, previous });
  }

  @Handles(ClassCancelled, to('class_cancelled'))
  async cancelled({ id: eventId, payload: { sessionId } }: EventOf<ClassCancelled>): Promise<void> {
    for (const session of await this.classes.ofSession(sessionId))
      await this.diary.tell('cancelled', { eventId, ...session, previous: null });
  }

  @Handles(CourseCancelled, to('course_cancelled'))
  async courseCancelled({ id: eventId, payload: { courseId } }: EventOf<CourseCancelled>): Promise<void> {
    for (const session of await this.classes.ofCourse(courseId, 'cancelled'))
      await this.diary.tell('cancelled', { eventId, ...session, previous: null });
  }
}
