import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import {
  BookingReader,
  type ClassSessionSchema,
  type CourseEnrolmentSchema,
  type CourseSchema,
  type ExamSchema,
} from '../../../bookings/index.js';
import type { InvoiceSchema, PaymentSchema, RefundSchema } from '../../../finance/index.js';
import { examName } from '../../templates/exam-name.js';
import { headingOf } from '../../announcements/domain/announcement-content.js';
import type { AnnouncementSchema } from '../../announcements/domain/announcement.js';
import type { Wording } from '../../templates/wording.js';
import type { InboxSubject } from '../domain/about.js';
import { storedJson } from '../../../../platform/database/stored-json.js';

type Db = Tables<
  | typeof AnnouncementSchema
  | typeof ClassSessionSchema
  | typeof CourseEnrolmentSchema
  | typeof CourseSchema
  | typeof ExamSchema
  | typeof InvoiceSchema
  | typeof PaymentSchema
  | typeof RefundSchema
>;

/** What an item's words may use of its subject. */
export interface SubjectWords {
  readonly line: string;
  /** For headings that name a paper. */
  readonly number?: string;
  /** For headings that staff have written. */
  readonly heading?: string;
}

type Read = (ids: readonly Id[], words: Wording) => Promise<[Id, SubjectWords][]>;

/** What the subjects of inbox items are at present, in their reader's words: one statement for each kind of subject. */
@Injectable()
export class InboxSubjects {
  private readonly readers: Partial<Record<InboxSubject, Read>> = {
    lesson: (ids, words) => this.lessons(ids, words),
    exam: (ids, words) => this.exams(ids, words),
    class: (ids, words) => this.classes(ids, words),
    course: (ids, words) => this.courses(ids, words),
    course_enrolment: (ids, words) => this.enrolments(ids, words),
    invoice: (ids, words) => this.invoices(ids, words),
    payment: (ids, words) => this.money('payments', ids, words),
    refund: (ids, words) => this.money('refunds', ids, words),
    // An announcement has no page that its readers may open.
    other: (ids, words) => this.announcements(ids, words),
  };

  constructor(
    private readonly em: EntityManager,
    private readonly bookings: BookingReader,
  ) {}

  /** Those that there are in the current school. */
  async read(subject: InboxSubject, ids: readonly Id[], words: Wording): Promise<[Id, SubjectWords][]> {
    return (await this.readers[subject]?.([...new Set(ids)], words)) ?? [];
  }

  private async announcements(ids: readonly Id[], { locale }: Wording): Promise<[Id, SubjectWords][]> {
    const rows = await this.db
      .selectFrom('announcements')
      .select(['id', 'content'])
      .where('id', 'in', bins(ids))
      .execute();
    return rows.map(({ id, content }) => [id, { heading: headingOf(storedJson(content), locale), line: '' }]);
  }

  private async lessons(ids: readonly Id[], words: Wording): Promise<[Id, SubjectWords][]> {
    const lessons = await this.bookings.forMessages(ids);
    return lessons.map(({ id, startsAt, lessonTypeName }) => [id, lined(words.moment(startsAt), lessonTypeName)]);
  }

  private async exams(ids: readonly Id[], words: Wording): Promise<[Id, SubjectWords][]> {
    const rows = await this.db
      .selectFrom('exams')
      .select(['id', 'kind', 'licence_class as licenceClass', 'starts_at as startsAt', 'place'])
      .where('id', 'in', bins(ids))
      .execute();
    return rows.map((exam) => [exam.id, lined(words.moment(exam.startsAt), examName(exam, words.locale), exam.place)]);
  }

  private async classes(ids: readonly Id[], words: Wording): Promise<[Id, SubjectWords][]> {
    const rows = await this.db
      .selectFrom('class_sessions')
      .innerJoin('courses', (on) =>
        on
          .onRef('courses.school_id', '=', 'class_sessions.school_id')
          .onRef('courses.id', '=', 'class_sessions.course_id'),
      )
      .select(['class_sessions.id', 'class_sessions.starts_at as startsAt', 'class_sessions.topic', 'courses.name'])
      .where('class_sessions.id', 'in', bins(ids))
      .execute();
    return rows.map(({ id, startsAt, name, topic }) => [id, lined(words.moment(startsAt), name, topic)]);
  }

  private async courses(ids: readonly Id[], words: Wording): Promise<[Id, SubjectWords][]> {
    const rows = await this.db
      .selectFrom('courses')
      .select(['id', 'name', 'starts_at as startsAt'])
      .where('id', 'in', bins(ids))
      .execute();
    return rows.map(({ id, name, startsAt }) => [id, lined(words.moment(startsAt), name)]);
  }

  private async enrolments(ids: readonly Id[], words: Wording): Promise<[Id, SubjectWords][]> {
    const rows = await this.db
      .selectFrom('course_enrolments')
      .innerJoin('courses', (on) =>
        on
          .onRef('courses.school_id', '=', 'course_enrolments.school_id')
          .onRef('courses.id', '=', 'course_enrolments.course_id'),
      )
      .select(['course_enrolments.id', 'courses.name', 'courses.starts_at as startsAt'])
      .where('course_enrolments.id', 'in', bins(ids))
      .execute();
    return rows.map(({ id, name, startsAt }) => [id, lined(words.moment(startsAt), name)]);
  }

  private async invoices(ids: readonly Id[], words: Wording): Promise<[Id, SubjectWords][]> {
    const rows = await this.db
      .selectFrom('invoices')
      .select(['id', 'number', 'gross_minor', 'currency'])
      .where('id', 'in', bins(ids))
      .execute();
    return rows.map(({ id, number, gross_minor, currency }) => [
      id,
      { line: words.amount(Money.of(gross_minor, currency)), number: String(number) },
    ]);
  }

  private async money(
    table: 'payments' | 'refunds',
    ids: readonly Id[],
    words: Wording,
  ): Promise<[Id, SubjectWords][]> {
    const rows = await this.db
      .selectFrom(table)
      .select(['id', 'amount_minor', 'currency'])
      .where('id', 'in', bins(ids))
      .execute();
    return rows.map(({ id, amount_minor, currency }) => [id, lined(words.amount(Money.of(amount_minor, currency)))]);
  }

  private get db() {
    return schoolQuery<Db>(this.em);
  }
}

function lined(...parts: readonly string[]): SubjectWords {
  return { line: parts.join(' · ') };
}
