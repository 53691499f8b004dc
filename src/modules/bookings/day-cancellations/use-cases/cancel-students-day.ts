import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { personActor } from '../../../../platform/auth/actor.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Scheduling } from '../../../schools/index.js';
import { Booking } from '../../domain/booking.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { LessonWriter } from '../../use-cases/lesson-writer.js';
import type { OfferedTime } from '../../waiting-list/domain/offer.js';
import { MakeOffer } from '../../waiting-list/use-cases/make-offer.js';
import { reasonOf, restOfDay } from '../domain/day-cancellation.js';
import { StudentsDayCancelled } from '../domain/day-events.js';
import { isAffected } from '../queries/affected-lessons.js';
import type { DaySummary } from '../queries/day-cancellation-reader.js';
import { ListedLessons } from '../queries/listed-lessons.js';
import { RebookingSearch } from '../queries/rebooking-search.js';
import { AnotherRun } from './another-run.js';

const HOUR = 3_600_000;
const offersStand = 72 * HOUR;
const lastAnswer = HOUR / 4;

/** The other times by the lesson that they stand for. */
type Rebookings = ReadonlyMap<Id, readonly OfferedTime[]>;

/** Cancels all that one student has on a cancelled day, and offers other times: the student is told once, of everything. */
@Injectable()
export class CancelStudentsDay {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly listed: ListedLessons,
    private readonly search: RebookingSearch,
    private readonly lessons: LessonWriter,
    private readonly offers: MakeOffer,
    private readonly outbox: Outbox,
  ) {}

  /** One transaction: all of it has happened, or nothing. */
  async execute(day: DaySummary, studentId: Id): Promise<void> {
    await againWhenChanged(async () => {
      const rebookings = day.rebook ? await this.rebookings(day, studentId) : new Map<Id, OfferedTime[]>();
      await inTransaction(this.em, () => this.cancel(day, studentId, rebookings));
    });
  }

  private async rebookings(day: DaySummary, studentId: Id): Promise<Rebookings> {
    const found = new Map<Id, readonly OfferedTime[]>();
    for (const booking of await this.pending(day, studentId)) found.set(booking.id, await this.search.of(booking, day));
    return found;
  }

  private async cancel(day: DaySummary, studentId: Id, rebookings: Rebookings): Promise<void> {
    const { zone, locale } = await this.scheduling.school();
    const range = restOfDay(day.date, zone, this.clock.now());
    let isToldOf = false;
    for (const booking of await this.pending(day, studentId)) {
      const hit = range !== null && isAffected(booking, day, range);
      if (hit) await this.cancelOne(day, booking, reasonOf(day, locale));
      if (!(await this.listed.mark(day.id, booking.id, hit ? 'cancelled' : 'skipped'))) throw new AnotherRun();
      if (hit) await this.offer(day.id, booking, rebookings.get(booking.id) ?? []);
      isToldOf ||= hit;
    }
    if (isToldOf) await this.outbox.record(new StudentsDayCancelled({ cancellationId: day.id, studentId }));
  }

  private async cancelOne(day: DaySummary, booking: Booking, reason: string): Promise<void> {
    const actor = personActor(day.createdBy, currentSchool(), 'office');
    const fee = Money.of(0, booking.currency);
    await this.lessons.cancel(actor, booking, { by: 'school', reason, fee, partOf: day.id });
  }

  private async offer(cancellationId: Id, booking: Booking, choices: readonly OfferedTime[]): Promise<void> {
    const now = this.clock.now().getTime();
    const last = choices.at(-1);
    if (!last) return;
    const expiresAt = new Date(Math.min(now + offersStand, last.startsAt.getTime() - lastAnswer));
    const { id: replacesId, studentId, lessonTypeId } = booking;
    await this.offers.execute({ studentId, lessonTypeId, choices, expiresAt, cancellationId, replacesId });
  }

  /** In the order of their start, in which everybody writes several lessons. */
  private async pending(day: DaySummary, studentId: Id): Promise<Booking[]> {
    const ids = await this.listed.pendingOf(day.id, studentId);
    return this.em.find(Booking, { id: { $in: ids } }, { orderBy: { startsAt: 'asc', id: 'asc' } });
  }
}
