import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { classEntry, type ClassForMessage, ClassReader, type CourseForMessage } from '../../bookings/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { Attachment } from '../ports/email-sender.js';
import type { CourseView } from '../templates/courses.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { calendarAttachment } from './calendar-attachment.js';
import { content, Overtaken, type Composer, type Content, type Frame } from './composition.js';

type FilesOf = (sessions: readonly ClassForMessage[]) => readonly Attachment[];

const none = { topic: '', previous: '', offeredUntil: '', cancelReason: '' };

/** Messages about courses show them as they stand now; those that a later change has made wrong are not sent. */
@Injectable()
export class CourseComposer implements Composer {
  constructor(
    private readonly classes: ClassReader,
    private readonly clock: Clock,
  ) {}

  compose(message: MessageInHand, words: Wording, { sender }: Frame): Promise<Content | Overtaken> {
    const files = (sessions: readonly ClassForMessage[]) =>
      calendarAttachment(message, sessions, classEntry, { words, sender });
    if (message.kind === 'course_enrolled') return this.enrolled(message.subjectId, words, files);
    if (message.kind === 'course_seat_offered') return this.offered(message.subjectId, words);
    if (message.kind === 'class_reminder') return this.reminder(message, words);
    return message.kind === 'course_cancelled'
      ? this.cancelled(message.subjectId, words, files)
      : this.session(message, words, files);
  }

  private async enrolled(enrolmentId: Id, words: Wording, filesOf: FilesOf): Promise<Content | Overtaken> {
    const place = await this.classes.enrolment(enrolmentId);
    const course = place && (await this.classes.course(place.courseId));
    if (!course || place.state !== 'enrolled') return new Overtaken('the student has left the course');
    if (course.endsAt <= this.clock.now()) return new Overtaken('the course is over');
    const sessions = await this.sessionsAhead(course, 'planned');
    return content(templates.course_enrolled, { course: { ...courseView(course, words), ...none } }, filesOf(sessions));
  }

  private async offered(waiterId: Id, words: Wording): Promise<Content | Overtaken> {
    const place = await this.classes.waiter(waiterId);
    const course = place && (await this.classes.course(place.courseId));
    const until = place?.offeredUntil;
    if (!course || !until || until <= this.clock.now()) return new Overtaken('the seat is not kept any more');
    const offer = { ...none, offeredUntil: words.moment(until) };
    return content(templates.course_seat_offered, { course: { ...courseView(course, words), ...offer } });
  }

  private async cancelled(courseId: Id, words: Wording, filesOf: FilesOf): Promise<Content | Overtaken> {
    const course = await this.classes.course(courseId);
    if (course?.state !== 'cancelled') return new Overtaken('the course is not cancelled');
    const why = { ...none, cancelReason: course.cancelReason ?? '' };
    const sessions = await this.sessionsAhead(course, 'cancelled');
    return content(templates.course_cancelled, { course: { ...courseView(course, words), ...why } }, filesOf(sessions));
  }

  private async reminder({ subjectId, userId, params }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const session = await this.classes.session(subjectId);
    if (session?.state !== 'planned') return new Overtaken('the class was cancelled before the reminder went out');
    if (session.startsAt <= this.clock.now()) return new Overtaken('the class has begun');
    if (session.startsAt.toISOString() !== params['startsAt'])
      return new Overtaken('the class was moved before the reminder went out');
    const isComing = await this.classes.isComing(subjectId, (params['copyOf'] ?? userId) as Id);
    if (!isComing) return new Overtaken('the student is not in the class any more');
    return content(templates.class_reminder, { course: { ...sessionView(session, words), previous: '' } });
  }

  private async sessionsAhead({ id }: CourseForMessage, state: ClassForMessage['state']): Promise<ClassForMessage[]> {
    const sessions = await this.classes.sessionsAhead(id, this.clock.now());
    return sessions.filter((session) => session.state === state);
  }

  private async session(
    { kind, subjectId, params }: MessageInHand,
    words: Wording,
    filesOf: FilesOf,
  ): Promise<Content | Overtaken> {
    const session = await this.classes.session(subjectId);
    if (!session || session.endsAt <= this.clock.now()) return new Overtaken('the class is over');
    if ((session.state === 'cancelled') !== (kind === 'class_cancelled'))
      return new Overtaken('the class was changed before the message went out');
    const previous = params['previousStartsAt'] ? words.moment(new Date(params['previousStartsAt'])) : '';
    const template = kind === 'class_cancelled' ? templates.class_cancelled : templates.class_moved;
    return content(template, { course: { ...sessionView(session, words), previous } }, filesOf([session]));
  }
}

function courseView(course: CourseForMessage, words: Wording) {
  const { name, startsAt, teacherName, room, price } = course;
  return {
    name,
    span: words.moment(startsAt),
    moment: words.moment(startsAt),
    teacher: teacherName,
    room: room ?? '',
    price: price.isPositive ? words.amount(price) : '',
  };
}

function sessionView(session: ClassForMessage, words: Wording): Omit<CourseView['course'], 'previous'> {
  return {
    name: session.courseName,
    topic: session.topic,
    span: words.span(session.startsAt, session.endsAt),
    moment: words.moment(session.startsAt),
    teacher: session.teacherName,
    room: session.room ?? '',
    price: '',
    offeredUntil: '',
    cancelReason: session.cancelReason ?? '',
  };
}
