import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { personActor } from '../../../../platform/auth/actor.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Language } from '../../../../platform/http/language.js';
import type { Id } from '../../../../platform/values/id.js';
import { UserContacts } from '../../../identity/index.js';
import { Scheduling } from '../../../schools/index.js';
import { Diary, type DiaryEntry } from '../../queries/diary.js';
import type { OfferedTime, OfferState } from '../domain/offer.js';
import type { WaitingListTables } from '../waiting-list.tables.js';
import { FreeChoices } from './free-choices.js';
import { OfferLinks, type OfferLink } from './offer-links.js';
import { OfferPrices } from './offer-prices.js';
import { OfferReader, type OfferView } from './offer-reader.js';

/** Who opens the page: what staff note of his lessons is not for him. */
const student = { isStaff: false };

/** What the page behind an offer's link shows. */
export interface OfferOnPage {
  readonly state: OfferState;
  readonly lessonType: string;
  /** Those that are still free, while it is open; what was offered, afterwards. */
  readonly choices: readonly OfferedTime[];
  /** The lesson that came of it. */
  readonly booked: OfferedTime | null;
  /** Where that is to be paid first: by when, and how much; null when it is not, or has been. */
  readonly toPay: { readonly until: Date; readonly amount: string } | null;
  /** It was not paid in time, so nothing came of it. */
  readonly isUnpaid: boolean;
  /** Instead of a lesson that the school cancelled. */
  readonly isRebooking: boolean;
  readonly price: string;
  readonly expiresAt: Date;
  /** Links to what else the student can answer of the same day. */
  readonly others: readonly { readonly path: string; readonly startsAt: Date | null }[];
}

export interface OfferPageView {
  readonly offer: OfferOnPage;
  /** The student's own. */
  readonly language: Language;
  readonly zone: string;
  readonly school: { readonly name: string; readonly phone: string };
}

/** What the page behind an offer's link shows, in the school of the link. */
@Injectable()
export class OfferPageReader {
  constructor(
    private readonly em: EntityManager,
    private readonly offers: OfferReader,
    private readonly links: OfferLinks,
    private readonly free: FreeChoices,
    private readonly diary: Diary,
    private readonly scheduling: Scheduling,
    private readonly prices: OfferPrices,
    private readonly contacts: UserContacts,
  ) {}

  async of(link: OfferLink): Promise<OfferPageView> {
    const { offerId, schoolId, userId } = link;
    const view = await this.offers.get(personActor(userId, schoolId, 'student'), offerId);
    const { zone, name, phone } = await this.scheduling.school();
    const language = (await this.contacts.of([userId])).get(userId)?.locale ?? 'da';
    const lesson = view.bookingId ? await this.diary.entry(student, view.bookingId) : null;
    const offer: OfferOnPage = {
      state: view.state,
      lessonType: view.lessonType.name,
      choices: view.state === 'open' ? await this.free.of(view.choices) : view.choices,
      booked: lesson && bookedOf(lesson),
      toPay: lesson && toPayOf(lesson, language),
      isUnpaid: lesson?.state === 'expired',
      isRebooking: view.replacesId !== null,
      price: await this.price(view, zone, language),
      expiresAt: view.expiresAt,
      others: await this.others(link),
    };
    return { offer, language, zone, school: { name, phone } };
  }

  /** A lesson given instead of another costs what that did. */
  private async price(view: OfferView, zone: string, language: Language): Promise<string> {
    if (!view.replacesId) return this.prices.of(view, zone, language);
    return (await this.diary.entry(student, view.replacesId)).price.format(language);
  }

  /** Of a student with several lessons on a cancelled day: what he can answer besides. */
  private async others({ offerId, studentId }: OfferLink): Promise<OfferOnPage['others']> {
    const cancellationId = await this.cancellationOf(offerId);
    if (!cancellationId) return [];
    const offers = await this.links.ofDay(cancellationId, studentId);
    const others = offers.filter(({ id }) => id !== offerId);
    return Promise.all(
      others.map(async ({ token, replacesId }) => ({
        path: `/offers/${token}`,
        startsAt: replacesId ? (await this.diary.entry(student, replacesId)).startsAt : null,
      })),
    );
  }

  private async cancellationOf(offerId: Id): Promise<Id | null> {
    const row = await schoolQuery<WaitingListTables>(this.em)
      .selectFrom('offers')
      .select('cancellation_id as id')
      .where('id', '=', bin(offerId))
      .executeTakeFirst();
    return row?.id ?? null;
  }
}

function bookedOf({ startsAt, endsAt, teacher }: DiaryEntry): OfferedTime {
  return { startsAt, endsAt, teacherId: teacher.id, teacherName: teacher.name };
}

function toPayOf({ hold }: DiaryEntry, language: Language): OfferOnPage['toPay'] {
  return hold && { until: hold.until, amount: hold.prepayment.format(language) };
}
