import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import {
  BookingChanged,
  InThePast,
  SlotTaken,
  StudentMayNotBook,
  TeacherUnavailable,
  UnknownReference,
} from '../../domain/errors.js';
import { BookingDto } from '../../http/booking.dto.js';
import type { DiaryEntry } from '../../queries/diary.js';
import { ChoiceGone, ChoiceUnknown, OfferClosed, OfferNotFound } from '../domain/waiting-list-problems.js';
import { OfferReader, type OfferView } from '../queries/offer-reader.js';
import { AcceptOffer } from '../use-cases/accept-offer.js';
import { DeclineOffer } from '../use-cases/decline-offer.js';
import { AcceptOfferDto, OfferDto, OfferListQuery } from './waiting-list.dto.js';

const closed = new OfferClosed('gone');

@Controller('v1/schools/:schoolId/offers')
@ApiTags('Waiting list')
export class OffersController {
  constructor(
    private readonly offers: OfferReader,
    private readonly accept: AcceptOffer,
    private readonly decline: DeclineOffer,
  ) {}

  @Get()
  @Requires('offer.read')
  @Operation({
    id: 'listOffers',
    summary: 'See what times were offered',
    description: 'Newest first: for staff the school’s, for students their own, for guardians their wards’.',
    ok: PageOf(OfferDto),
    problems: [StudentNotFound],
  })
  listOffers(@CurrentActor() actor: Actor, @Query() query: OfferListQuery): Promise<Page<OfferView>> {
    return this.offers.list(actor, query);
  }

  @Get(':offerId')
  @Requires('offer.read')
  @Operation({
    id: 'getOffer',
    summary: 'Read one offer',
    description: 'Staff see all of the school’s, students their own.',
    ok: OfferDto,
    problems: [OfferNotFound],
  })
  getOffer(@CurrentActor() actor: Actor, @IdParam('offerId') offerId: Id): Promise<OfferView> {
    return this.offers.get(actor, offerId);
  }

  @Post(':offerId/accept')
  @OwnTransactions('it tries again in a new transaction when somebody else was faster')
  @Requires('offer.answer')
  @Operation({
    id: 'acceptOffer',
    summary: 'Take an offered time',
    description:
      'Books the lesson: at the student’s usual terms, or at those of the cancelled lesson that it stands for. Of several who accept the same time one gets it; the others are refused with `offer.closed` and wait on.',
    ok: BookingDto,
    status: 201,
    problems: [
      OfferNotFound,
      closed,
      new ChoiceGone([]),
      ChoiceUnknown,
      new SlotTaken(['student'], []),
      TeacherUnavailable,
      new BookingChanged(undefined),
      StudentMayNotBook,
      InThePast,
      new UnknownReference('teacherId'),
    ],
  })
  acceptOffer(
    @CurrentActor() actor: Actor,
    @IdParam('offerId') offerId: Id,
    @Body() { startsAt }: AcceptOfferDto,
  ): Promise<DiaryEntry> {
    return this.accept.execute(actor, offerId, startsAt);
  }

  @Post(':offerId/decline')
  @Requires('offer.answer')
  @AlwaysAdmitted('it gives up what one has')
  @Operation({
    id: 'declineOffer',
    summary: 'Say no to an offered time',
    description: 'The student keeps the place on the waiting list; the time goes to the next ones.',
    ok: OfferDto,
    problems: [OfferNotFound, closed],
  })
  declineOffer(@CurrentActor() actor: Actor, @IdParam('offerId') offerId: Id): Promise<OfferView> {
    return this.decline.execute(actor, offerId);
  }
}
