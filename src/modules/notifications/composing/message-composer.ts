import { Injectable } from '@nestjs/common';
import { currentSchoolOrNull } from '../../../platform/tenancy/tenancy.js';
import { Scheduling } from '../../schools/index.js';
import { StudentDirectory, type StudentRecord } from '../../students/index.js';
import { isOptional, UnsubscribeLinks } from '../choices/unsubscribe-links.js';
import { copyOf } from '../choices/domain/copy-of.js';
import { type MessageKind, traitsOf } from '../domain/message-kinds.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { Attachment } from '../ports/email-sender.js';
import type { MessageTemplate, Sender, View } from '../templates/engine.js';
import { TextsInUse } from '../own-texts/use-cases/texts-in-use.js';
import { type Locale, wordingOf } from '../templates/wording.js';
import { AnnouncementComposer } from '../announcements/announcement-composer.js';
import { AlertComposer } from './alert-composer.js';
import { AccountComposer } from './account-composer.js';
import { Overtaken, platformSender, type Composer } from './composition.js';
import { schoolSender } from './origin.js';
import { SharedReads } from './shared-reads.js';
import { CourseComposer } from './course-composer.js';
import { DigestComposer } from './digest-composer.js';
import { DocumentComposer } from './document-composer.js';
import { TheoryComposer } from './theory-composer.js';
import { WaitingComposer } from './waiting-composer.js';
import { WelcomeComposer } from './welcome-composer.js';
import { ExamComposer } from './exam-composer.js';
import { LeadComposer } from './lead-composer.js';
import { LessonComposer } from './lesson-composer.js';
import { ReminderComposer } from './reminder-composer.js';
import { OfferComposer } from './offer-composer.js';
import { LessonsComposer } from './lessons-composer.js';
import { MoneyComposer } from './money-composer.js';
import { SubscriptionComposer } from './subscription-composer.js';
import { UpcomingComposer } from './upcoming-composer.js';

/** A message ready to be rendered for any channel. */
export interface ComposedMessage {
  readonly template: MessageTemplate;
  readonly view: View;
  readonly attachments: readonly Attachment[];
  /** In the name of the current school, and not of the platform. */
  readonly isOfSchool: boolean;
}

interface Reader {
  readonly name: string;
  readonly locale: Locale;
}

interface Origin {
  readonly sender: Sender;
  readonly zone: string;
}

const platform: Origin = { sender: platformSender, zone: 'Europe/Copenhagen' };

/** Puts together what a message says: the school that sends it, the person who reads it, and the news itself. */
@Injectable()
export class MessageComposer {
  private readonly composers: Record<MessageKind, Composer>;

  constructor(
    account: AccountComposer,
    alert: AlertComposer,
    announcement: AnnouncementComposer,
    course: CourseComposer,
    digest: DigestComposer,
    exam: ExamComposer,
    lead: LeadComposer,
    lesson: LessonComposer,
    lessons: LessonsComposer,
    money: MoneyComposer,
    offer: OfferComposer,
    reminder: ReminderComposer,
    subscription: SubscriptionComposer,
    upcoming: UpcomingComposer,
    document: DocumentComposer,
    theory: TheoryComposer,
    waiting: WaitingComposer,
    welcome: WelcomeComposer,
    private readonly scheduling: Scheduling,
    private readonly students: StudentDirectory,
    private readonly unsubscribeLinks: UnsubscribeLinks,
    private readonly texts: TextsInUse,
  ) {
    this.composers = {
      invitation: account,
      password_reset: account,
      lesson_booked: lesson,
      lesson_moved: lesson,
      lesson_cancelled: lesson,
      lesson_reminder: upcoming,
      class_reminder: upcoming,
      exam_reminder: upcoming,
      teacher_lesson_booked: lesson,
      teacher_lesson_moved: lesson,
      teacher_lesson_cancelled: lesson,
      lessons_booked: lessons,
      lessons_moved: lessons,
      lessons_cancelled: lessons,
      teacher_lessons_booked: lessons,
      teacher_lessons_moved: lessons,
      teacher_lessons_cancelled: lessons,
      exam_planned: exam,
      exam_moved: exam,
      exam_cancelled: exam,
      exam_deadline: exam,
      waiting_list_joined: waiting,
      time_offered: offer,
      day_cancelled: offer,
      teacher_day_ahead: digest,
      teacher_day_cancelled: offer,
      course_enrolled: course,
      course_seat_offered: course,
      course_cancelled: course,
      class_moved: course,
      class_cancelled: course,
      theory_linked: theory,
      invoice_issued: money,
      credit_note_issued: money,
      payment_reminder: reminder,
      payment_fee_reminder: reminder,
      booking_stopped: reminder,
      card_not_charged: reminder,
      payment_received: money,
      refund_completed: money,
      payment_failed: money,
      document_expiring: document,
      welcome,
      announcement,
      announcement_marketing: announcement,
      school_dispute_opened: alert,
      school_differences_found: alert,
      school_invoice_bounced: alert,
      school_webhook_disabled: alert,
      school_books_disconnected: alert,
      school_documents_expiring: document,
      school_lead_received: lead,
      school_lead_untouched: lead,
      platform_dead_letters: alert,
      trial_ending: subscription,
      subscription_unpaid: subscription,
      subscription_restricted: subscription,
      subscription_read_only: subscription,
      subscription_restored: subscription,
    };
  }

  /** In the message's school. @param shared the same for messages that go out together */
  async compose(
    message: MessageInHand,
    reader: Reader,
    shared = new SharedReads(),
  ): Promise<ComposedMessage | Overtaken> {
    const { kind, schoolId } = message;
    const { locale } = reader;
    const { sender, zone } = await shared.once(`origin ${schoolId}`, () => this.origin());
    const student = await this.copiedFrom(message, shared);
    // A copy says what the student's own message says.
    const told = student ? Object.assign(Object.create(message) as MessageInHand, { userId: student.userId }) : message;
    const news = await this.composers[kind].compose(told, wordingOf(locale, zone), { reader, sender, shared });
    if (news instanceof Overtaken) return news;
    const copy = student && { reader: { ...reader, name: student.name }, copyOf: student.name };
    return {
      template: await this.texts.of(kind, locale, news.template, shared),
      view: { ...news.data, sender: news.sender ?? sender, reader, ...copy, ...this.unsubscribing(message) },
      attachments: news.attachments ?? [],
      isOfSchool: currentSchoolOrNull() !== null && news.sender === undefined,
    };
  }

  private async copiedFrom({ schoolId, params }: MessageInHand, shared: SharedReads): Promise<StudentRecord | null> {
    const userId = copyOf(params);
    // The same person is somebody else’s student at another school.
    return userId && shared.once(`student ${schoolId} ${userId}`, () => this.students.byUser(userId));
  }

  private unsubscribing({ schoolId, userId, kind, channel }: MessageInHand): Pick<View, 'unsubscribeLink'> {
    const { topic } = traitsOf(kind);
    if (!schoolId || !isOptional(topic)) return {};
    return { unsubscribeLink: this.unsubscribeLinks.issue({ schoolId, userId, topic, channel }) };
  }

  private async origin(): Promise<Origin> {
    if (!currentSchoolOrNull()) return platform;
    const school = await this.scheduling.school();
    return { sender: schoolSender(school), zone: school.zone };
  }
}
