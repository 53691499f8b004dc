import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { choicesOf, type OfferedTime } from '../domain/offer.js';
import type { FreedTime } from '../queries/freed-places.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

/** A freed time, and whose lesson was there. */
export interface FreedLesson extends FreedTime {
  readonly bookingId: Id;
  readonly studentId: Id;
}

export interface OpenOffer {
  readonly id: Id;
  readonly choices: readonly OfferedTime[];
}

/** The rounds in which a freed time is offered, in the caller's transaction. */
@Injectable()
export class OfferRounds {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Due at once. @returns its id */
  async open({ bookingId, studentId, teacherId, startsAt, busy }: FreedLesson): Promise<Id> {
    const [id, now] = [newId(), this.clock.now()];
    await this.db
      .insertInto('offer_rounds')
      .values({
        id: bin(id),
        school_id: bin(currentSchool()),
        booking_id: bin(bookingId),
        student_id: bin(studentId),
        teacher_id: bin(teacherId),
        starts_at: startsAt,
        busy_from: busy.start,
        busy_until: busy.end,
        state: 'open',
        due_at: now,
        created_at: now,
      })
      .execute();
    return id;
  }

  /** Null when it has ended. */
  async find(roundId: Id): Promise<FreedLesson | null> {
    const row = await schoolQuery<WaitingListTables>(this.em)
      .selectFrom('offer_rounds')
      .select(['booking_id as bookingId', 'student_id as studentId', 'teacher_id as teacherId'])
      .select(['starts_at as startsAt', 'busy_from', 'busy_until'])
      .where('id', '=', bin(roundId))
      .where('state', '=', 'open')
      .executeTakeFirst();
    if (!row) return null;
    const { busy_from, busy_until, ...round } = row;
    return { ...round, busy: new TimeRange(busy_from, busy_until) };
  }

  /** What is still open of it. */
  async openOffers(roundId: Id): Promise<OpenOffer[]> {
    const rows = await schoolQuery<WaitingListTables>(this.em)
      .selectFrom('offers')
      .select(['id', 'choices'])
      .where('round_id', '=', bin(roundId))
      .where('state', '=', 'open')
      .execute();
    return rows.map(({ id, choices }) => ({ id, choices: choicesOf(choices) }));
  }

  /** Makes a due round wait until then. @returns false when it has ended or is not due: somebody else sees to it */
  async take(roundId: Id, dueAt: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.rounds
      .set({ due_at: dueAt })
      .where('id', '=', bin(roundId))
      .where('due_at', '<=', this.clock.now())
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  async postpone(roundId: Id, dueAt: Date): Promise<void> {
    await this.rounds.set({ due_at: dueAt }).where('id', '=', bin(roundId)).execute();
  }

  async end(roundId: Id): Promise<void> {
    await this.rounds.set({ state: 'ended' }).where('id', '=', bin(roundId)).execute();
  }

  private get rounds() {
    return this.db
      .updateTable('offer_rounds')
      .where('school_id', '=', bin(currentSchool()))
      .where('state', '=', 'open');
  }

  private get db() {
    return globalQuery<WaitingListTables>(this.em);
  }
}
