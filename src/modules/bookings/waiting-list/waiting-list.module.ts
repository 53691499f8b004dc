import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { FinanceModule } from '../../finance/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { LessonsModule } from '../lessons.module.js';
import { OfferPagesController } from './http/offer-pages.controller.js';
import { OffersController } from './http/offers.controller.js';
import { WaitingListController } from './http/waiting-list.controller.js';
import { FreedTimes } from './jobs/freed-times.js';
import { OfferClock } from './jobs/offer-clock.js';
import { WaitingListPrivacy } from './privacy/waiting-list-privacy.js';
import { FreeChoices } from './queries/free-choices.js';
import { FreedPlaces } from './queries/freed-places.js';
import { MatchingStudents } from './queries/matching-students.js';
import { EntriesForMessages } from './queries/entries-for-messages.js';
import { OfferLinks } from './queries/offer-links.js';
import { OfferPageReader } from './queries/offer-page-reader.js';
import { OfferPrices } from './queries/offer-prices.js';
import { OfferReader } from './queries/offer-reader.js';
import { WaitingListReader } from './queries/waiting-list-reader.js';
import { WaitingListSettingsReader } from './queries/waiting-list-settings-reader.js';
import { WaitingStudents } from './queries/waiting-students.js';
import { AcceptOffer } from './use-cases/accept-offer.js';
import { AnswerByLink } from './use-cases/answer-by-link.js';
import { AskNext } from './use-cases/ask-next.js';
import { CloseOffers } from './use-cases/close-offers.js';
import { ConfigureWaitingList } from './use-cases/configure-waiting-list.js';
import { DeclineOffer } from './use-cases/decline-offer.js';
import { JoinWaitingList } from './use-cases/join-waiting-list.js';
import { KeptTerms } from './use-cases/kept-terms.js';
import { LeaveWaitingList } from './use-cases/leave-waiting-list.js';
import { MakeOffer } from './use-cases/make-offer.js';
import { OfferFreedTime } from './use-cases/offer-freed-time.js';
import { OfferRounds } from './use-cases/offer-rounds.js';

/** Who waits for a time, and the times that are offered. */
@Module({
  imports: [FinanceModule, IdentityModule, LessonsModule, SchoolsModule, StudentsModule],
  controllers: [OfferPagesController, OffersController, WaitingListController],
  providers: [
    AcceptOffer,
    AnswerByLink,
    AskNext,
    CloseOffers,
    ConfigureWaitingList,
    DeclineOffer,
    EntriesForMessages,
    FreeChoices,
    FreedPlaces,
    FreedTimes,
    JoinWaitingList,
    KeptTerms,
    LeaveWaitingList,
    MakeOffer,
    MatchingStudents,
    OfferClock,
    OfferFreedTime,
    OfferLinks,
    OfferPageReader,
    OfferPrices,
    OfferReader,
    OfferRounds,
    WaitingListPrivacy,
    WaitingListReader,
    WaitingListSettingsReader,
    WaitingStudents,
  ],
  exports: [EntriesForMessages, MakeOffer, OfferLinks],
})
export class WaitingListModule {}
