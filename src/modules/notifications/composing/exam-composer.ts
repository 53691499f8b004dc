import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import { examEntry, ExamsForMessages, type ExamForMessage } from '../../bookings/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { MessageTemplate } from '../templates/engine.js';
import type { ExamView } from '../templates/exams.js';
import { examName } from '../templates/exam-name.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { calendarAttachment } from './calendar-attachment.js';
import { content, Overtaken, type Composer, type Content, type Frame } from './composition.js';

type ExamKind = Extract<MessageKind, `exam_${string}`>;

/** Messages about an exam show it as it stands now; those that a later change has made wrong are not sent. */
@Injectable()
export class ExamComposer implements Composer {
  constructor(
    private readonly exams: ExamsForMessages,
    private readonly clock: Clock,
  ) {}

  async compose(message: MessageInHand, words: Wording, { sender }: Frame): Promise<Content | Overtaken> {
    const exam = await this.exams.get(message.subjectId);
    if (!exam) return new Overtaken('the exam is gone');
    const reason = overtakenBy(message, exam, this.clock.now());
    if (reason) return new Overtaken(reason);
    const template: MessageTemplate<ExamView> = templates[message.kind as ExamKind];
    const files = calendarAttachment(message, [exam], examEntry, { words, sender });
    return content(template, { exam: examView(exam, message, words) }, files);
  }
}

function overtakenBy({ kind, params }: MessageInHand, exam: ExamForMessage, now: Date): string | null {
  if (kind === 'exam_cancelled') return exam.state === 'cancelled' ? null : 'the exam is not cancelled';
  if (exam.state !== 'planned') return 'the exam was cancelled or is over';
  if (exam.startsAt <= now) return 'the exam has begun';
  if (kind === 'exam_reminder' && exam.startsAt.toISOString() !== params['startsAt'])
    return 'the exam was moved before the reminder went out';
  if (kind !== 'exam_deadline') return null;
  if (exam.cancelBy.toISOString() !== params['cancelBy']) return 'the exam was moved before the message went out';
  return exam.cancelBy <= now ? 'the deadline is over' : null;
}

function examView(exam: ExamForMessage, { params }: MessageInHand, words: Wording): ExamView['exam'] {
  const previous = params['previousStartsAt'];
  return {
    name: examName(exam, words.locale),
    span: words.span(exam.startsAt, exam.endsAt),
    moment: words.moment(exam.startsAt),
    previous: previous ? words.moment(new Date(previous)) : '',
    place: exam.place,
    teacher: exam.teacherName ?? '',
    vehicle: exam.vehicle ?? '',
    cancelBy: words.moment(exam.cancelBy),
    cancelReason: exam.cancelReason ?? '',
  };
}
