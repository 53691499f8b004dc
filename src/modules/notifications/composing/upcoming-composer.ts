import { Injectable } from '@nestjs/common';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { NearerReminders } from '../queries/nearer-reminders.js';
import type { Wording } from '../templates/wording.js';
import { Overtaken, type Composer, type Content, type Frame } from './composition.js';
import { CourseComposer } from './course-composer.js';
import { ExamComposer } from './exam-composer.js';
import { LessonComposer } from './lesson-composer.js';

/** Reminders of what lies ahead; one that was held up says nothing once a nearer one goes out. */
@Injectable()
export class UpcomingComposer implements Composer {
  constructor(
    private readonly nearer: NearerReminders,
    private readonly course: CourseComposer,
    private readonly exam: ExamComposer,
    private readonly lesson: LessonComposer,
  ) {}

  async compose(message: MessageInHand, words: Wording, frame: Frame): Promise<Content | Overtaken> {
    if (await this.nearer.standFor(message)) return new Overtaken('a nearer reminder has come due meanwhile');
    if (message.kind === 'class_reminder') return this.course.compose(message, words, frame);
    return message.kind === 'exam_reminder'
      ? this.exam.compose(message, words, frame)
      : this.lesson.compose(message, words, frame);
  }
}
