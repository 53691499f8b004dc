import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { bin, globalQuery, type Tables } from '../database/query.js';
import { afterCommit, Transaction } from '../database/transaction.js';
import type { OutboxDeliverySchema } from '../outbox/outbox.entities.js';
import { Relay } from '../outbox/relay.js';
import { Clock } from '../values/clock.js';
import type { Id } from '../values/id.js';
import { DeadLetterNotFound } from './operations-problems.js';

export interface DeadLetter {
  readonly eventId: Id;
  readonly handler: string;
}

const batchSize = 500;

/** What became of deliveries that were given up: an operator has them tried again, or says that they are not needed. */
@Injectable()
export class DeadLetters {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly relay: Relay,
    private readonly clock: Clock,
  ) {}

  /** Tries one again, with all its attempts. @throws DeadLetterNotFound */
  @Transaction()
  async retry(letter: DeadLetter): Promise<void> {
    await this.settle(letter, { state: 'open', failures: 0, due_at: this.clock.now() });
    await this.record('delivery.retried', letter);
    afterCommit(() => this.relay.wake());
  }

  /** Closes one without its effect; its last error stays readable. @throws DeadLetterNotFound */
  @Transaction()
  async discard(letter: DeadLetter): Promise<void> {
    await this.settle(letter, { state: 'done' });
    await this.record('delivery.discarded', letter);
  }

  /** Tries all of a handler again, or of all handlers. @returns how many */
  async retryAll(handler?: string, onProgress: (done: number) => void = () => undefined): Promise<number> {
    for (let done = 0; ; onProgress(done)) {
      const retried = await this.retryBatch(handler);
      done += retried;
      if (retried < batchSize) return done;
    }
  }

  @Transaction()
  private async retryBatch(handler: string | undefined): Promise<number> {
    let batch = this.db
      .updateTable('outbox_deliveries')
      .set({ state: 'open', failures: 0, due_at: this.clock.now() })
      .where('state', '=', 'dead')
      .limit(batchSize);
    if (handler) batch = batch.where('handler', '=', handler);
    const retried = Number((await batch.executeTakeFirstOrThrow()).numUpdatedRows);
    if (retried > 0) {
      await this.audit.record({ action: 'delivery.all_retried', details: { handler: handler ?? 'all', retried } });
      afterCommit(() => this.relay.wake());
    }
    return retried;
  }

  private async settle(
    { eventId, handler }: DeadLetter,
    change: { state: 'open' | 'done'; failures?: number; due_at?: Date },
  ): Promise<void> {
    const { numUpdatedRows } = await this.db
      .updateTable('outbox_deliveries')
      .set(change)
      .where('event_id', '=', bin(eventId))
      .where('handler', '=', handler)
      .where('state', '=', 'dead')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new DeadLetterNotFound();
  }

  private record(action: string, { eventId, handler }: DeadLetter): Promise<void> {
    return this.audit.record({ action, subjectId: eventId, details: { handler } });
  }

  private get db() {
    return globalQuery<Tables<typeof OutboxDeliverySchema>>(this.em);
  }
}
