import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { afterCommit, isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { Metrics } from '../../../platform/observability/metrics/metrics.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Message } from '../domain/message.js';
import { nextAttempt } from '../domain/retry.js';
import type { NotAsked } from '../ports/delivery.js';
import { Channels } from './channels.js';
import { FallBack } from './fall-back.js';
import { MarkSent, type SentAttempt } from './mark-sent.js';
import { type Attempt, NotSendable, PutOff } from './message-channel.js';

export type AttemptResult = Attempt | NotSendable | PutOff;

/** Writes down what became of attempts, of many messages in one transaction. */
@Injectable()
export class RecordAttempts {
  private readonly closed: Counter<'channel' | 'state'>;

  constructor(
    readonly em: EntityManager,
    private readonly channels: Channels,
    private readonly markSent: MarkSent,
    private readonly fallBack: FallBack,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.closed = metrics.counter({
      name: 'messages_total',
      help: 'Messages whose fate is known: sent, rejected by the provider, failed for want of an answer, or dropped.',
      labelNames: ['channel', 'state'],
    });
  }

  /** @returns of those that are not closed: when to try again, or why it could not be written down */
  async execute(results: ReadonlyMap<Id, AttemptResult>): Promise<Map<Id, PutOff | Error>> {
    try {
      return await this.together(results);
    } catch {
      // What providers answer is theirs: one bad answer shall not make us forget, and repeat, all the others.
      return this.eachAlone(results);
    }
  }

  private async eachAlone(results: ReadonlyMap<Id, AttemptResult>): Promise<Map<Id, PutOff | Error>> {
    const again = new Map<Id, PutOff | Error>();
    for (const [id, result] of results) {
      try {
        const later = (await this.alone(id, result)).get(id);
        if (later) again.set(id, later);
      } catch (error) {
        again.set(id, error as Error);
      }
    }
    return again;
  }

  private async alone(id: Id, result: AttemptResult): Promise<Map<Id, PutOff>> {
    try {
      return await this.together(new Map([[id, result]]));
    } catch (error) {
      if (!isDuplicateKey(error, 'messages_provider_ref')) throw error;
      return this.together(new Map([[id, withOwnReference(id, result)]]));
    }
  }

  @Transaction()
  async together(results: ReadonlyMap<Id, AttemptResult>): Promise<Map<Id, PutOff>> {
    const attempts = new Map([...results].filter(isSent));
    const sent = await this.markSent.execute(attempts);
    for (const id of sent) afterCommit(() => this.closed.inc({ channel: attempts.get(id)!.channel, state: 'sent' }));
    return this.oneByOne(new Map([...results].filter(([id]) => !sent.has(id))));
  }

  private async oneByOne(results: ReadonlyMap<Id, AttemptResult>): Promise<Map<Id, PutOff>> {
    const again = new Map<Id, PutOff>();
    if (results.size === 0) return again;
    const where = { id: { $in: [...results.keys()] } };
    const messages = await this.em.find(Message, where, {
      lockMode: LockMode.PESSIMISTIC_WRITE,
      orderBy: { id: 'asc' },
    });
    const now = this.clock.now();
    for (const message of messages) {
      const later = this.record(message, results.get(message.id)!, now);
      if (later) again.set(message.id, later);
    }
    await this.fallBack.execute(messages);
    return again;
  }

  private record(message: Message, result: AttemptResult, now: Date): PutOff | null {
    if (message.isClosed) {
      // The provider's report was faster than its answer; what the answer alone tells is noted all the same.
      if (message.toldAt && 'delivery' in result) noted(message, result);
      return null;
    }
    const later = this.conclude(message, result, now);
    const { channel, state } = message;
    if (message.isClosed) afterCommit(() => this.closed.inc({ channel, state }));
    return later;
  }

  private conclude(message: Message, result: AttemptResult, now: Date): PutOff | null {
    if (result instanceof PutOff) {
      message.putBack(result.reason);
      return result;
    }
    if (result instanceof NotSendable) {
      message.dropped(now, result.reason, result.droppedFor);
      return null;
    }
    message.addressed(result);
    return this.close(message, result, now);
  }

  private notAsked(message: Message, { reason, againInMs }: NotAsked, now: Date): PutOff | null {
    if (!nextAttempt(1, message.createdAt, now)) {
      message.failed(now, reason);
      return null;
    }
    message.putBack(reason);
    return new PutOff(inWholeSeconds(now.getTime() + againInMs), reason);
  }

  private close(message: Message, { delivery }: Attempt, now: Date): PutOff | null {
    if (delivery.outcome === 'accepted') {
      message.sent(now, { provider: this.channels.of(message.channel).provider, ...delivery });
      return null;
    }
    if (delivery.outcome === 'rejected') {
      message.rejected(now, delivery.reason);
      return null;
    }
    if (delivery.outcome === 'not_asked') return this.notAsked(message, delivery, now);
    const again = nextAttempt(message.attempts, message.createdAt, now);
    if (again) message.unanswered(delivery.reason);
    else message.failed(now, delivery.reason);
    return again && new PutOff(again, 'the provider gave no answer');
  }
}

function isSent(each: [Id, AttemptResult]): each is [Id, SentAttempt] {
  return 'delivery' in each[1] && each[1].delivery.outcome === 'accepted';
}

/** In whole seconds: messages that were held off together come back together, and not one by one. */
function inWholeSeconds(ms: number): Date {
  return new Date(Math.ceil(ms / 1_000) * 1_000);
}

function noted(message: Message, attempt: Attempt): void {
  message.addressed(attempt);
  if (attempt.delivery.outcome === 'accepted') message.billed(attempt.delivery);
}

/** A provider that says the same of two messages has taken both all the same. */
function withOwnReference(id: Id, result: AttemptResult): AttemptResult {
  if (!('delivery' in result) || result.delivery.outcome !== 'accepted') return result;
  return { ...result, delivery: { ...result.delivery, providerRef: `${id} ${result.delivery.providerRef}` } };
}
