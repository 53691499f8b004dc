import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { OfferClosed } from '../domain/waiting-list-problems.js';
import { OfferReader, type OfferView } from '../queries/offer-reader.js';
import { CloseOffers } from './close-offers.js';
import { OfferRounds } from './offer-rounds.js';

/** Says no to an offer: the student waits on, and when nobody of his round is left the next ones are asked at once. */
@Injectable()
export class DeclineOffer {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly reader: OfferReader,
    private readonly rounds: OfferRounds,
    private readonly closing: CloseOffers,
    private readonly audit: Audit,
  ) {}

  /** @throws OfferNotFound | OfferClosed */
  @Transaction()
  async execute(actor: Actor, offerId: Id): Promise<OfferView> {
    const offer = await this.reader.atHand(actor, offerId);
    if (offer.state !== 'open') throw new OfferClosed(offer.state, offer.bookingId);
    if (!(await this.closing.close([offerId], 'declined'))) throw new OfferClosed('gone');
    const { roundId } = offer;
    if (roundId && (await this.rounds.openOffers(roundId)).length === 0)
      await this.rounds.postpone(roundId, this.clock.now());
    const details = { studentId: offer.student.id };
    await this.audit.record({ action: 'offer.declined', subjectId: offerId, details });
    return this.reader.get(actor, offerId);
  }
}
