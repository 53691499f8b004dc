import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Encryption } from '../../../../platform/crypto/encryption.js';
import { hashOfToken, newSecretToken } from '../../../../platform/crypto/secret-token.js';
import { bin, globalQuery } from '../../../../platform/database/query.js';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { storedChoices, type OfferedTime, type StoredChoice } from '../domain/offer.js';
import { sealedTokenOf } from '../domain/offer-token.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

/** Why it is offered: a time became free that he waits for, or his lesson was cancelled with its day. */
export interface OfferOrigin {
  readonly roundId?: Id;
  readonly entryId?: Id;
  readonly cancellationId?: Id;
  readonly replacesId?: Id;
}

export interface NewOffer extends OfferOrigin {
  readonly studentId: Id;
  readonly lessonTypeId: Id;
  readonly choices: readonly OfferedTime[];
  readonly expiresAt: Date;
}

// 128 bits: the link shall fit into a text message.
const tokenBytes = 16;

/** Writes an offer down with the secret of its link, in the caller's transaction. Tells nobody. */
@Injectable()
export class MakeOffer {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly encryption: Encryption,
  ) {}

  /** @returns its id */
  async execute(offer: NewOffer): Promise<Id> {
    assertTransaction('MakeOffer');
    const [id, token] = [newId(), newSecretToken(tokenBytes)];
    await globalQuery<WaitingListTables>(this.em)
      .insertInto('offers')
      .values({
        id: bin(id),
        school_id: bin(currentSchool()),
        student_id: bin(offer.studentId),
        lesson_type_id: bin(offer.lessonTypeId),
        round_id: binOrNull(offer.roundId),
        entry_id: binOrNull(offer.entryId),
        cancellation_id: binOrNull(offer.cancellationId),
        replaces_id: binOrNull(offer.replacesId),
        choices: sql<readonly StoredChoice[]>`${JSON.stringify(storedChoices(offer.choices))}`,
        state: 'open',
        token_hash: hashOfToken(token),
        token: this.encryption.seal(token, sealedTokenOf(id)),
        expires_at: offer.expiresAt,
        created_at: this.clock.now(),
      })
      .execute();
    return id;
  }
}

function binOrNull(id: Id | undefined) {
  return id === undefined ? null : bin(id);
}
