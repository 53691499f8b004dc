import { Injectable } from '@nestjs/common';
import { nowActs } from '../../../../platform/audit/acting.js';
import { personActor } from '../../../../platform/auth/actor.js';
import type { OfferLink } from '../queries/offer-links.js';
import { AcceptOffer } from './accept-offer.js';
import { DeclineOffer } from './decline-offer.js';

/** Answers an offer for whoever holds its link: it was sent to the student alone, so he it is who acts. */
@Injectable()
export class AnswerByLink {
  constructor(
    private readonly accept: AcceptOffer,
    private readonly decline: DeclineOffer,
  ) {}

  /** In the school of the link. @throws what accepting or declining it throws */
  async execute(
    { offerId, schoolId, userId }: OfferLink,
    answer: 'accept' | 'decline',
    startsAt?: Date,
  ): Promise<void> {
    nowActs({ kind: 'user', id: userId, role: 'student' });
    const student = personActor(userId, schoolId, 'student');
    if (answer === 'accept') await this.accept.execute(student, offerId, startsAt);
    else await this.decline.execute(student, offerId);
  }
}
