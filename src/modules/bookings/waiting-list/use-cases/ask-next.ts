import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { askAt, expiryOf } from '../domain/offer-timing.js';
import { OfferMade } from '../domain/waiting-list-events.js';
import { type Match, MatchingStudents } from '../queries/matching-students.js';
import { WaitingListSettingsReader } from '../queries/waiting-list-settings-reader.js';
import { CloseOffers } from './close-offers.js';
import { MakeOffer } from './make-offer.js';
import { OfferRounds, type FreedLesson } from './offer-rounds.js';

// Out of the way of the schedule while it is worked on.
const whileAtWork = 60_000;

/** Asks the next students of a round, when those asked before have let their time pass. */
@Injectable()
export class AskNext {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly settings: WaitingListSettingsReader,
    private readonly matching: MatchingStudents,
    private readonly rounds: OfferRounds,
    private readonly offers: MakeOffer,
    private readonly closing: CloseOffers,
    private readonly outbox: Outbox,
  ) {}

  /** Does nothing when the round has ended or is not due: two processes at it ask nobody twice. */
  @Transaction()
  async execute(roundId: Id): Promise<void> {
    const round = await this.rounds.find(roundId);
    if (!round) return;
    const [now, { zone }] = [this.clock.now(), await this.scheduling.school()];
    const at = askAt(now, round.startsAt, zone);
    const isNight = at > now;
    if (!(await this.rounds.take(roundId, isNight ? at : new Date(now.getTime() + whileAtWork))) || isNight) return;
    const unanswered = await this.rounds.openOffers(roundId);
    await this.closing.close(
      unanswered.map(({ id }) => id),
      'expired',
    );
    const matches = await this.matches(roundId, round, zone);
    const expiries = matches.map((match) => this.expiryOf(match, zone));
    for (const [index, match] of matches.entries()) await this.ask(roundId, match, expiries[index]!);
    if (expiries.length === 0) await this.rounds.end(roundId);
    else await this.rounds.postpone(roundId, new Date(Math.max(...expiries.map((each) => each.getTime()))));
  }

  /** The next ones who have time left to answer. */
  private async matches(roundId: Id, round: FreedLesson, zone: string): Promise<Match[]> {
    const { offersAtOnce } = await this.settings.get();
    const date = localDate(round.startsAt, zone);
    const found = await this.matching.of({ ...round, roundId, date }, offersAtOnce);
    return found.filter(({ time }) => expiryOf(this.clock.now(), time.startsAt, zone) !== null);
  }

  private expiryOf({ time }: Match, zone: string): Date {
    return expiryOf(this.clock.now(), time.startsAt, zone)!;
  }

  private async ask(roundId: Id, { student, time }: Match, expiresAt: Date): Promise<void> {
    const { studentId, lessonTypeId, entryId } = student;
    const offerId = await this.offers.execute({
      studentId,
      lessonTypeId,
      choices: [time],
      expiresAt,
      roundId,
      entryId,
    });
    await this.outbox.record(new OfferMade({ offerId, studentId }));
  }
}
