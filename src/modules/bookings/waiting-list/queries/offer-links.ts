import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Encryption } from '../../../../platform/crypto/encryption.js';
import { hashOfToken } from '../../../../platform/crypto/secret-token.js';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { acrossSchools } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { choicesOf, type OfferedTime } from '../domain/offer.js';
import { sealedTokenOf } from '../domain/offer-token.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

/** Whose link it is. */
export interface OfferLink {
  readonly offerId: Id;
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly userId: Id;
}

/** An offer that stands, as its message tells it. */
export interface OfferForMessage {
  readonly id: Id;
  readonly token: string;
  readonly lessonTypeName: string;
  readonly choices: readonly OfferedTime[];
  readonly expiresAt: Date;
  /** The cancelled lesson that it is offered instead of. */
  readonly replacesId: Id | null;
}

/** The links that students get: who holds one may answer that one offer, and nothing else. */
@Injectable()
export class OfferLinks {
  constructor(
    private readonly em: EntityManager,
    private readonly encryption: Encryption,
    private readonly clock: Clock,
  ) {}

  /** Null for a token that is none of ours. Works after the offer has been closed too. */
  async find(token: string): Promise<OfferLink | null> {
    const row = await acrossSchools('whoever has a link’s secret is known by it alone', () =>
      globalQuery<WaitingListTables>(this.em)
        .selectFrom('offers')
        .innerJoin('students', (on) =>
          on.onRef('students.school_id', '=', 'offers.school_id').onRef('students.id', '=', 'offers.student_id'),
        )
        .select(['offers.id as offerId', 'offers.school_id as schoolId', 'students.id as studentId'])
        .select('students.user_id as userId')
        .where('offers.token_hash', '=', hashOfToken(token))
        .executeTakeFirst(),
    );
    return row ?? null;
  }

  /** Of the current school; null when it cannot be answered any more. */
  async forMessage(offerId: Id): Promise<OfferForMessage | null> {
    const row = await this.standing.where('offers.id', '=', bin(offerId)).executeTakeFirst();
    return row ? this.opened(row) : null;
  }

  /** What a student can still answer of what he was offered for his lessons of a cancelled day. */
  async ofDay(cancellationId: Id, studentId: Id): Promise<OfferForMessage[]> {
    const rows = await this.standing
      .where('offers.cancellation_id', '=', bin(cancellationId))
      .where('offers.student_id', '=', bin(studentId))
      .orderBy('offers.id')
      .execute();
    return rows.map((row) => this.opened(row));
  }

  private opened({ token, choices, ...offer }: StandingRow): OfferForMessage {
    const opened = this.encryption.open(token!, sealedTokenOf(offer.id));
    return { ...offer, token: opened, choices: choicesOf(choices) };
  }

  private get standing() {
    return standingIn(this.em, this.clock.now());
  }
}

function standingIn(em: EntityManager, now: Date) {
  return schoolQuery<WaitingListTables>(em)
    .selectFrom('offers')
    .innerJoin('lesson_types', (on) =>
      on
        .onRef('lesson_types.school_id', '=', 'offers.school_id')
        .onRef('lesson_types.id', '=', 'offers.lesson_type_id'),
    )
    .select(['offers.id', 'offers.token', 'offers.choices', 'offers.expires_at as expiresAt'])
    .select(['offers.replaces_id as replacesId', 'lesson_types.name as lessonTypeName'])
    .where('offers.state', '=', 'open')
    .where('offers.expires_at', '>', now);
}

type StandingRow = Awaited<ReturnType<ReturnType<typeof standingIn>['execute']>>[number];
