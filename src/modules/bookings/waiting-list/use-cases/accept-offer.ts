import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { SlotTaken, TeacherUnavailable } from '../../domain/errors.js';
import { Diary, type DiaryEntry } from '../../queries/diary.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { LessonDrafts, type LessonDraft } from '../../use-cases/lesson-drafts.js';
import type { LessonPlace } from '../../use-cases/lesson-place.js';
import { LessonPlacer } from '../../use-cases/lesson-placer.js';
import { LessonWriter } from '../../use-cases/lesson-writer.js';
import type { OfferedTime } from '../domain/offer.js';
import { ChoiceGone, ChoiceUnknown, OfferClosed } from '../domain/waiting-list-problems.js';
import { FreeChoices } from '../queries/free-choices.js';
import { OfferReader, type OfferAtHand } from '../queries/offer-reader.js';
import { CloseOffers } from './close-offers.js';
import { KeptTerms } from './kept-terms.js';
import { OfferRounds } from './offer-rounds.js';

/** The offer was closed between reading and writing it. */
class NoLongerOpen extends Error {}

/** Books one of the offered times. Of several who accept the same time the claims let one through. */
@Injectable()
export class AcceptOffer {
  constructor(
    readonly em: EntityManager,
    private readonly reader: OfferReader,
    private readonly drafts: LessonDrafts,
    private readonly terms: KeptTerms,
    private readonly placer: LessonPlacer,
    private readonly lessons: LessonWriter,
    private readonly rounds: OfferRounds,
    private readonly closing: CloseOffers,
    private readonly free: FreeChoices,
    private readonly diary: Diary,
    private readonly audit: Audit,
  ) {}

  /**
   * @param startsAt which of the choices; may be left out when there is one
   * @throws OfferNotFound | OfferClosed | ChoiceGone | ChoiceUnknown | what refuses such a lesson at any time
   */
  async execute(actor: Actor, offerId: Id, startsAt?: Date): Promise<DiaryEntry> {
    const offer = await this.reader.atHand(actor, offerId);
    if (offer.state !== 'open') throw new OfferClosed(offer.state, offer.bookingId);
    const choice = chosen(offer.choices, startsAt);
    const draft = await this.draft(actor, offer, choice);
    try {
      // What may have changed meanwhile is a hold that ran out and stands in the way.
      return await againWhenChanged(() =>
        this.placer.place(draft.wish, (place, wish) => this.bookAt(place, { ...draft, wish }, offer, actor)),
      );
    } catch (error) {
      if (error instanceof NoLongerOpen) throw await this.refusal(actor, offerId);
      if (!(error instanceof SlotTaken) && !(error instanceof TeacherUnavailable)) throw error;
      throw await this.tooLate(actor, offer, error);
    }
  }

  private async draft(actor: Actor, offer: OfferAtHand, { startsAt, teacherId }: OfferedTime): Promise<LessonDraft> {
    const draft = await this.drafts.draft(actor, {
      lessonTypeId: offer.lessonType.id,
      studentId: offer.student.id,
      startsAt,
      teacherId,
      offered: offer.replacesId ? 'instead' : 'freed',
    });
    return offer.replacesId ? this.terms.of(offer.replacesId, draft) : draft;
  }

  @AnsweringTransaction()
  private async bookAt(place: LessonPlace, draft: LessonDraft, offer: OfferAtHand, actor: Actor): Promise<DiaryEntry> {
    const booking = await this.lessons.book(actor, draft, place);
    if (!(await this.closing.accept(offer.id, booking.id))) throw new NoLongerOpen();
    if (offer.roundId) await this.endRound(offer.roundId, booking.lesson);
    if (offer.entryId) await this.closing.fulfil(offer.entryId, booking.id);
    const details = { studentId: offer.student.id, bookingId: booking.id };
    await this.audit.record({ action: 'offer.accepted', subjectId: offer.id, details });
    return this.diary.entry(actor, booking.id);
  }

  /** Of those asked with him only who was offered another part of a long freed time may still have it. */
  private async endRound(roundId: Id, lesson: TimeRange): Promise<void> {
    const others = await this.rounds.openOffers(roundId);
    const gone = others.filter(({ choices }) =>
      choices.every(({ startsAt, endsAt }) => new TimeRange(startsAt, endsAt).overlaps(lesson)),
    );
    await this.closing.close(
      gone.map(({ id }) => id),
      'gone',
    );
    if (gone.length === others.length) await this.rounds.end(roundId);
  }

  /** Somebody was faster, or the student is busy himself: his doing, and the offer stands for when he is not. */
  private async tooLate(actor: Actor, offer: OfferAtHand, error: SlotTaken | TeacherUnavailable): Promise<Error> {
    const now = await this.reader.atHand(actor, offer.id);
    if (now.state !== 'open') return new OfferClosed(now.state, now.bookingId);
    const free = await this.free.of(offer.choices);
    if (free.length > 0) return isHisOwn(error) ? error : new ChoiceGone(free);
    await inTransaction(this.em, () => this.closing.close([offer.id], 'gone'));
    return this.refusal(actor, offer.id);
  }

  private async refusal(actor: Actor, offerId: Id): Promise<OfferClosed> {
    const { state, bookingId } = await this.reader.atHand(actor, offerId);
    return new OfferClosed(state === 'open' ? 'gone' : state, bookingId);
  }
}

/** @throws ChoiceUnknown */
function chosen(choices: readonly OfferedTime[], startsAt: Date | undefined): OfferedTime {
  const one = startsAt
    ? choices.find((choice) => choice.startsAt.getTime() === startsAt.getTime())
    : choices.length === 1
      ? choices[0]
      : undefined;
  if (!one) throw new ChoiceUnknown();
  return one;
}

function isHisOwn(error: SlotTaken | TeacherUnavailable): boolean {
  const { busy } = error.extra as { busy?: readonly string[] };
  return busy?.includes('student') ?? false;
}
