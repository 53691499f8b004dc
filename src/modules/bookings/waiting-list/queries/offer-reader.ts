import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, is, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { ofStudents, OwnStudents } from '../../../students/index.js';
import type { Named } from '../../domain/diary-item.js';
import { choicesOf, type OfferedTime, type OfferState } from '../domain/offer.js';
import { OfferNotFound } from '../domain/waiting-list-problems.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

export interface OfferView {
  readonly id: Id;
  readonly state: OfferState;
  readonly student: Named;
  readonly lessonType: Named;
  readonly choices: readonly OfferedTime[];
  /** The cancelled lesson that it is offered instead of. */
  readonly replacesId: Id | null;
  readonly expiresAt: Date;
  readonly bookingId: Id | null;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}

/** An offer with what answering it needs. */
export interface OfferAtHand extends OfferView {
  readonly roundId: Id | null;
  readonly entryId: Id | null;
}

export const offerList = new List({
  id: 'offers.id',
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<OfferState>('offers.state') },
});

export type OffersAsked = Asked<typeof offerList> & { readonly studentId?: Id };

/** What was offered to whom, as its reader may see it. */
@Injectable()
export class OfferReader {
  constructor(
    private readonly em: EntityManager,
    private readonly students: OwnStudents,
    private readonly clock: Clock,
  ) {}

  /** @throws OfferNotFound also when it is somebody else's */
  async get(actor: Actor, offerId: Id): Promise<OfferView> {
    const { roundId: _, entryId: __, ...view } = await this.atHand(actor, offerId);
    return view;
  }

  /** @throws OfferNotFound also when it is somebody else's */
  async atHand(actor: Actor, offerId: Id): Promise<OfferAtHand> {
    const row = await offersIn(this.em)
      .select(['offers.round_id as roundId', 'offers.entry_id as entryId'])
      .where('offers.id', '=', bin(offerId))
      .where(ofStudents(await this.students.of(actor), 'offers.student_id'))
      .executeTakeFirst();
    if (!row) throw new OfferNotFound();
    const { roundId, entryId, ...offer } = row;
    return { ...this.viewOf(offer), roundId, entryId };
  }

  /** @throws StudentNotFound also when somebody asks for another's */
  async list(actor: Actor, asked: OffersAsked): Promise<Page<OfferView>> {
    const reach = await this.students.asked(actor, asked.studentId);
    const rows = offersIn(this.em).where(ofStudents(reach, 'offers.student_id'));
    return mapPage(await offerList.page(rows, asked), (row) => this.viewOf(row));
  }

  private viewOf({ student_id, student_name, lesson_type_id, lesson_type_name, choices, ...offer }: Row): OfferView {
    // The schedule closes it within a minute; it has ended all the same.
    const isOver = offer.state === 'open' && offer.expiresAt <= this.clock.now();
    return {
      ...offer,
      state: isOver ? 'expired' : offer.state,
      student: { id: student_id, name: student_name },
      lessonType: { id: lesson_type_id, name: lesson_type_name },
      choices: choicesOf(choices),
    };
  }
}

function offersIn(em: EntityManager) {
  return schoolQuery<WaitingListTables>(em)
    .selectFrom('offers')
    .innerJoin('students', (on) =>
      on.onRef('students.school_id', '=', 'offers.school_id').onRef('students.id', '=', 'offers.student_id'),
    )
    .innerJoin('lesson_types', (on) =>
      on
        .onRef('lesson_types.school_id', '=', 'offers.school_id')
        .onRef('lesson_types.id', '=', 'offers.lesson_type_id'),
    )
    .modifyFront(sql`straight_join`)
    .select(['offers.id', 'offers.state', 'offers.choices', 'offers.replaces_id as replacesId'])
    .select(['offers.expires_at as expiresAt', 'offers.booking_id as bookingId'])
    .select(['offers.created_at as createdAt', 'offers.closed_at as closedAt'])
    .select(['students.id as student_id', 'students.name as student_name'])
    .select(['lesson_types.id as lesson_type_id', 'lesson_types.name as lesson_type_name']);
}

type Row = Awaited<ReturnType<ReturnType<typeof offersIn>['execute']>>[number];
