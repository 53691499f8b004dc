import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app.config.js';
import {
  BookingReader,
  type DayForMessage,
  DaysForMessages,
  lessonEntry,
  OfferLinks,
  type OfferForMessage,
  type StudentsDayForMessage,
} from '../../bookings/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { Attachment } from '../ports/email-sender.js';
import type { Sender } from '../templates/engine.js';
import type { DayView, OfferView } from '../templates/offer-view.js';
import { templates } from '../templates/templates.js';
import type { Locale, Wording } from '../templates/wording.js';
import { calendarAttachment } from './calendar-attachment.js';
import { content, Overtaken, type Composer, type Content, type Frame } from './composition.js';

/** Times that are offered, and days that are cancelled with other times offered instead. */
@Injectable()
export class OfferComposer implements Composer {
  constructor(
    private readonly offers: OfferLinks,
    private readonly days: DaysForMessages,
    private readonly bookings: BookingReader,
    private readonly app: AppConfig,
  ) {}

  async compose(message: MessageInHand, words: Wording, { sender }: Frame): Promise<Content | Overtaken> {
    if (message.kind === 'time_offered') return this.offer(message, words);
    return message.kind === 'day_cancelled'
      ? this.studentsDay(message, words, sender)
      : this.teachersDay(message, words, sender);
  }

  private async offer({ subjectId }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const offer = await this.offers.forMessage(subjectId);
    const [time] = offer?.choices ?? [];
    if (!offer || !time) return new Overtaken('the offer does not stand any more');
    const view: OfferView['offer'] = {
      span: words.span(time.startsAt, time.endsAt),
      moment: words.moment(time.startsAt),
      type: offer.lessonTypeName,
      teacher: time.teacherName,
      answerBy: words.moment(offer.expiresAt),
      link: this.linkTo(offer),
    };
    return content(templates.time_offered, { offer: view });
  }

  private async studentsDay(message: MessageInHand, words: Wording, sender: Sender): Promise<Content | Overtaken> {
    const { subjectId, userId } = message;
    const day = await this.days.ofStudent(subjectId, userId);
    if (day.lessons.length === 0) return new Overtaken('no lesson of the day is cancelled');
    const lessons = day.lessons.map(({ startsAt }) => words.moment(startsAt));
    const [offer] = day.offers;
    const view: DayView['day'] = {
      ...dayView(day, words),
      lessons: listed(lessons, words.locale),
      choices: offer ? offer.choices.map(({ startsAt }) => words.moment(startsAt)).join(', ') : '',
      link: offer ? this.linkTo(offer) : '',
    };
    return content(templates.day_cancelled, { day: view }, await this.filesOf(day, message, { words, sender }));
  }

  private async teachersDay(message: MessageInHand, words: Wording, sender: Sender): Promise<Content | Overtaken> {
    const { subjectId, userId } = message;
    const day = await this.days.ofTeacher(subjectId, userId);
    if (day.lessons.length === 0) return new Overtaken('no lesson of the day is cancelled');
    const lessons = day.lessons.map(({ startsAt, studentName }) => `${words.moment(startsAt)} ${studentName}`);
    const view: DayView['day'] = { ...dayView(day, words), lessons: lessons.join(', '), choices: '', link: '' };
    return content(templates.teacher_day_cancelled, { day: view }, await this.filesOf(day, message, { words, sender }));
  }

  private async filesOf(
    { lessons }: DayForMessage,
    message: MessageInHand,
    told: { readonly words: Wording; readonly sender: Sender },
  ): Promise<readonly Attachment[]> {
    const bookings = await this.bookings.forMessages(lessons.map(({ bookingId }) => bookingId));
    return calendarAttachment(message, bookings, lessonEntry, told);
  }

  private linkTo({ token }: OfferForMessage): string {
    return `${this.app.publicUrl.replace(/\/$/, '')}/offers/${token}`;
  }
}

const because: Record<Locale, Record<StudentsDayForMessage['reason'], string>> = {
  da: { weather: 'på grund af vejret', illness: 'på grund af sygdom', other: '' },
  en: { weather: 'because of the weather', illness: 'because of illness', other: '' },
};

function dayView(day: Pick<StudentsDayForMessage, 'date' | 'reason' | 'note' | 'lessons'>, words: Wording) {
  return {
    date: words.date(day.date),
    because: because[words.locale][day.reason],
    note: day.note ?? '',
    count: day.lessons.length,
  };
}

/** "din tid tors. 3. dec. kl. 10.00" or "dine tider … og …" */
function listed(lessons: readonly string[], locale: Locale): string {
  const [one, ...more] = lessons;
  if (more.length === 0) return locale === 'da' ? `din tid ${one}` : `your lesson ${one}`;
  const all = `${lessons.slice(0, -1).join(', ')} ${locale === 'da' ? 'og' : 'and'} ${lessons.at(-1)}`;
  return locale === 'da' ? `dine tider ${all}` : `your lessons ${all}`;
}
