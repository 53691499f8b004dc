import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../database/query.js';
import { assertTransaction, isDuplicateKey, isLocked, isTransient } from '../../database/transaction.js';
import { Schedule } from '../../schedules/schedule.js';
import { Clock } from '../../values/clock.js';
import { KeyReused, RequestInFlight } from './idempotency-problems.js';
import type { StoredAnswerSchema } from './idempotency.entities.js';
import type { KeyedRequest } from './keyed-request.js';

export interface Answer {
  readonly status: number;
  /** JSON; null when there is none. */
  readonly body: string | null;
}

const keptHours = 24;
const batchSize = 1_000;

/** The answers that keyed requests got, for a day. */
@Injectable()
export class StoredAnswers {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** What the request was answered, if it has been. @throws KeyReused when the key was another request's */
  async find({ keyHash, requestHash }: KeyedRequest): Promise<Answer | null> {
    const row = await this.db
      .selectFrom('stored_answers')
      .select(['request_hash', 'status', 'body'])
      .where('key_hash', '=', keyHash)
      .executeTakeFirst();
    if (!row) return null;
    if (!requestHash.equals(row.request_hash)) throw new KeyReused();
    return { status: row.status!, body: row.body };
  }

  /**
   * Does the work and stores its answer in the open transaction, which begins by taking the key: so there is one effect and
   * one answer, or neither.
   * @throws RequestInFlight when somebody else has the key, whether at work or answered by now
   */
  async keep<T>(request: KeyedRequest, status: number, work: () => Promise<T>): Promise<T> {
    assertTransaction('a stored answer');
    await this.take(request);
    const result = await work();
    const body = (JSON.stringify(result) as string | undefined) ?? null;
    await this.db.updateTable('stored_answers').set({ status, body }).where('key_hash', '=', request.keyHash).execute();
    return result;
  }

  @Schedule('idempotency.purge', { every: { hours: 1 } })
  async purge(now: Date): Promise<void> {
    const old = this.db
      .deleteFrom('stored_answers')
      .where('created_at', '<', new Date(now.getTime() - keptHours * 3_600_000))
      .limit(batchSize);
    while ((await old.executeTakeFirstOrThrow()).numDeletedRows === BigInt(batchSize));
  }

  private async take(request: KeyedRequest): Promise<void> {
    try {
      await this.takeUnlessLocked(request);
    } catch (error) {
      // A deadlock has no other cause here than somebody who takes the same key.
      const isTaken = isDuplicateKey(error) || isLocked(error) || isTransient(error);
      throw isTaken ? new RequestInFlight(error) : error;
    }
  }

  private async takeUnlessLocked({ keyHash, requestHash, senderId, schoolId }: KeyedRequest): Promise<void> {
    // Without this look, whoever repeats a request that hangs would wait with it, and hold a connection.
    await this.db
      .selectFrom('stored_answers')
      .select('key_hash')
      .where('key_hash', '=', keyHash)
      .forUpdate()
      .noWait()
      .execute();
    await this.db
      .insertInto('stored_answers')
      .values({
        key_hash: keyHash,
        request_hash: requestHash,
        user_id: bin(senderId),
        school_id: schoolId && bin(schoolId),
        created_at: this.clock.now(),
      })
      .execute();
  }

  private get db() {
    return globalQuery<Tables<typeof StoredAnswerSchema>>(this.em);
  }
}
