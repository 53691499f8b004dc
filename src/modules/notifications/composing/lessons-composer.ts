import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { BookingReader, type BookingForMessage, lessonEntry } from '../../bookings/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { MessageParams } from '../domain/message.js';
import type { MessageTemplate } from '../templates/engine.js';
import type { LessonsView } from '../templates/lessons-view.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { calendarAttachment } from './calendar-attachment.js';
import { content, Overtaken, type Composer, type Content, type Frame } from './composition.js';

type LessonsKind = Extract<MessageKind, `${string}lessons_${string}`>;

/** Which lessons a message tells about, and for moved ones when each was before, in the same order. */
export interface LessonsOfMessage {
  readonly bookingIds: readonly Id[];
  readonly previous?: readonly string[];
}

/** As a message keeps it. */
export function paramsOf({ bookingIds, previous }: LessonsOfMessage): MessageParams {
  return { bookings: bookingIds.join(','), ...(previous && { previous: previous.join(',') }) };
}

/** Messages about several lessons show those that are still as the message says. */
@Injectable()
export class LessonsComposer implements Composer {
  constructor(
    private readonly bookings: BookingReader,
    private readonly clock: Clock,
  ) {}

  async compose(message: MessageInHand, words: Wording, { sender }: Frame): Promise<Content | Overtaken> {
    const { kind, params } = message;
    const ids = (params['bookings'] ?? '').split(',') as Id[];
    const lessons = (await this.bookings.forMessages(ids)).filter((lesson) => this.isStillSo(kind, lesson));
    if (lessons.length === 0) return new Overtaken('none of the lessons is so any more');
    const template: MessageTemplate<LessonsView> = templates[kind as LessonsKind];
    const previous = new Map(ids.map((id, index) => [id, params['previous']?.split(',')[index]]));
    const files = calendarAttachment(message, lessons, lessonEntry, { words, sender });
    return content(template, { lessons: lessonsView(kind, lessons, previous, words) }, files);
  }

  private isStillSo(kind: MessageKind, { state, endsAt }: BookingForMessage): boolean {
    if (kind.endsWith('_cancelled')) return state === 'cancelled';
    return state !== 'cancelled' && endsAt > this.clock.now();
  }
}

const nouns = { da: ['lektion', 'lektioner'], en: ['lesson', 'lessons'] } as const;

function lessonsView(
  kind: MessageKind,
  lessons: readonly BookingForMessage[],
  previous: ReadonlyMap<Id, string | undefined>,
  words: Wording,
): LessonsView['lessons'] {
  const forTeacher = kind.startsWith('teacher_');
  const fees = lessons.flatMap(({ fee }) => fee ?? []);
  const [one, several] = nouns[words.locale];
  return {
    count: `${lessons.length} ${lessons.length === 1 ? one : several}`,
    first: words.moment(lessons[0]!.startsAt),
    lines: lessons.map((lesson) => lineOf(lesson, previous.get(lesson.id), forTeacher, words)).join('\n'),
    fee: fees.length > 0 ? words.amount(Money.sum(fees)) : '',
    cancelReason: lessons[0]!.cancelReason ?? '',
  };
}

const before = { da: 'før', en: 'was' };

function lineOf(lesson: BookingForMessage, previous: string | undefined, forTeacher: boolean, words: Wording): string {
  const who = forTeacher ? lesson.studentName : lesson.teacherName;
  const was = previous && `${before[words.locale]} ${words.moment(new Date(previous))}`;
  const parts = [words.span(lesson.startsAt, lesson.endsAt), lesson.lessonTypeName, who, lesson.vehicle, was];
  // A name with a line break in it shall not make two lines.
  return parts
    .map((part) => part?.replace(/\s+/g, ' '))
    .filter(Boolean)
    .join(' · ');
}
