import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { inSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { MessageQueued } from '../domain/events.js';
import { mayNeedFallback, needsFallback } from '../domain/fallback.js';
import { Message } from '../domain/message.js';

/** Sends urgent news the other way, in the transaction that writes down that a message got nowhere. */
@Injectable()
export class FallBack {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @param messages whose outcome the open transaction has written down; their rows are locked */
  async execute(messages: readonly Message[]): Promise<void> {
    const now = this.clock.now();
    const ended = messages.filter((message) => mayNeedFallback(message, now));
    if (ended.length === 0) return;
    // Both ways may end at once: whoever locks second sees how the first ended (a deadlock runs again, and sees it then).
    const others = await this.em.find(
      Message,
      { dedupeKey: { $in: ended.map((message) => message.otherKey) } },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
    );
    const byKey = new Map(others.map((other) => [other.dedupeKey, other]));
    const lost = new Set<Message>();
    for (const message of ended) {
      const other = byKey.get(message.otherKey) ?? null;
      if (needsFallback(message, other, now)) lost.add(message);
      if (other && needsFallback(other, message, now)) lost.add(other);
    }
    await this.queue([...lost], now);
  }

  private async queue(lost: readonly Message[], now: Date): Promise<void> {
    if (lost.length === 0) return;
    const fallbacks = lost.map((message) => message.fallbackAt(now));
    // By this key, which has an index of its own across schools.
    const made = await this.em.find(Message, { dedupeKey: { $in: fallbacks.map(({ dedupeKey }) => dedupeKey) } });
    const known = new Set(made.map(({ dedupeKey }) => dedupeKey));
    for (const fallback of fallbacks.filter(({ dedupeKey }) => !known.has(dedupeKey))) {
      this.em.persist(fallback);
      // Outcomes of many schools are written at once; the event belongs to the message's own.
      await inSchool(fallback.schoolId!, () => this.outbox.record(MessageQueued.of(fallback)));
    }
  }
}
