import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bins, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { keptReference, type MessageSchema } from '../domain/message.js';
import type { Accepted } from '../ports/delivery.js';
import { Channels } from './channels.js';
import type { Attempt } from './message-channel.js';

/** An attempt whose message its provider took. */
export type SentAttempt = Attempt & { readonly delivery: Accepted };

/** A row of what is written, as JSON that the database reads as a table: far cheaper than a SELECT of parameters for each. */
interface Taken {
  readonly id: string;
  readonly locale: string;
  readonly recipient: string;
  readonly provider: string;
  readonly ref: string;
  readonly segments: number | null;
  readonly micros: number | null;
  readonly currency: string | null;
}

/** Writes down that providers took many messages, in one statement, as `Message.sent()` would for each of them. */
@Injectable()
export class MarkSent {
  constructor(
    readonly em: EntityManager,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  /** In an open transaction. @returns the ids of those it closed; the others have heard of their fate already */
  async execute(attempts: ReadonlyMap<Id, SentAttempt>): Promise<ReadonlySet<Id>> {
    const ids = [...attempts.keys()].sort();
    if (ids.length === 0) return new Set();
    const now = this.clock.now();
    const closed = await this.write(
      ids.map((id) => this.row(id, attempts.get(id)!)),
      now,
    );
    return new Set(closed === ids.length ? ids : await this.closedAt(now, ids));
  }

  private row(id: Id, { channel, delivery, locale, recipientMasked, segments }: SentAttempt): Taken {
    const { providerRef, cost } = delivery;
    return {
      id: id.replaceAll('-', ''),
      locale,
      recipient: recipientMasked,
      provider: this.channels.of(channel).provider,
      ref: keptReference(providerRef),
      segments: delivery.segments ?? segments ?? null,
      micros: cost?.micros ?? null,
      currency: cost?.currency ?? null,
    };
  }

  /** In the order of their ids, as all lock them who lock many. @returns how many it closed */
  private async write(rows: readonly Taken[], now: Date): Promise<number> {
    const { numAffectedRows } = await sql`
      UPDATE JSON_TABLE(${JSON.stringify(rows)}, '$[*]' COLUMNS (
        id CHAR(32) PATH '$.id', locale VARCHAR(2) PATH '$.locale', recipient VARCHAR(190) PATH '$.recipient',
        provider VARCHAR(40) PATH '$.provider', ref VARCHAR(190) PATH '$.ref', segments INT PATH '$.segments',
        micros BIGINT PATH '$.micros', currency CHAR(3) PATH '$.currency')) AS taken
        STRAIGHT_JOIN messages ON messages.id = UNHEX(taken.id)
      SET messages.state = 'sent', messages.closed_at = ${now}, messages.reason = NULL,
        messages.locale = taken.locale, messages.recipient_masked = taken.recipient,
        messages.provider = taken.provider, messages.provider_ref = taken.ref, messages.segments = taken.segments,
        messages.cost_micros = COALESCE(taken.micros, messages.cost_micros),
        messages.cost_currency = COALESCE(taken.currency, messages.cost_currency)
      WHERE messages.state = 'sending'`.execute(this.db);
    return Number(numAffectedRows);
  }

  /** Which of them this transaction has closed, where others were closed before: by a report of this very moment, too. */
  private async closedAt(now: Date, ids: readonly Id[]): Promise<Id[]> {
    const rows = await this.db
      .selectFrom('messages')
      .select('id')
      .where('id', 'in', bins(ids))
      .where('state', '=', 'sent')
      .where('closed_at', '=', now)
      .where('told_at', 'is', null)
      .execute();
    return rows.map(({ id }) => id);
  }

  private get db() {
    return globalQuery<Tables<typeof MessageSchema>>(this.em);
  }
}
