import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { BookingReader, type BookingForMessage, lessonEntry } from '../../bookings/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { MessageTemplate } from '../templates/engine.js';
import type { LessonView } from '../templates/lesson-view.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { calendarAttachment } from './calendar-attachment.js';
import { content, Overtaken, type Composer, type Content, type Frame } from './composition.js';

type LessonKind = Extract<MessageKind, `${string}lesson_${string}`>;

/** Messages about a lesson show it as it stands now; those that a later change has made wrong are not sent. */
@Injectable()
export class LessonComposer implements Composer {
  constructor(
    private readonly bookings: BookingReader,
    private readonly clock: Clock,
  ) {}

  async compose(message: MessageInHand, words: Wording, { shared, sender }: Frame): Promise<Content | Overtaken> {
    const read = (ids: readonly Id[]) => this.bookings.forMessages(ids);
    const booking = await shared.each(`lessons ${message.schoolId}`, message.subjectId, read);
    if (!booking) return new Overtaken('the booking is gone');
    const reason = overtakenBy(message, booking, this.clock.now());
    if (reason) return new Overtaken(reason);
    const template: MessageTemplate<LessonView> = templates[message.kind as LessonKind];
    const files = calendarAttachment(message, [booking], lessonEntry, { words, sender });
    return content(template, { lesson: lessonView(booking, message, words) }, files);
  }
}

function overtakenBy({ kind, params }: MessageInHand, booking: BookingForMessage, now: Date): string | null {
  if (kind === 'lesson_cancelled' || kind === 'teacher_lesson_cancelled') {
    return booking.state === 'cancelled' ? null : 'the lesson is not cancelled';
  }
  if (booking.state === 'cancelled') return 'the lesson was cancelled before the message went out';
  if (booking.endsAt <= now) return 'the lesson is over';
  if (kind !== 'lesson_reminder') return null;
  if (booking.startsAt <= now) return 'the lesson has begun';
  return booking.startsAt.toISOString() === params['startsAt']
    ? null
    : 'the lesson was moved before the reminder went out';
}

function lessonView(booking: BookingForMessage, { params }: MessageInHand, words: Wording): LessonView['lesson'] {
  const previous = params['previousStartsAt'];
  return {
    span: words.span(booking.startsAt, booking.endsAt),
    moment: words.moment(booking.startsAt),
    previous: previous ? words.moment(new Date(previous)) : '',
    type: booking.lessonTypeName,
    student: booking.studentName,
    teacher: booking.teacherName,
    vehicle: booking.vehicle ?? '',
    fee: booking.fee?.isPositive ? words.amount(booking.fee) : '',
    cancelReason: booking.cancelReason ?? '',
  };
}
