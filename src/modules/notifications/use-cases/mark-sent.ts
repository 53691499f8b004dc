import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type RawBuilder, sql } from 'kysely';
import { bin, bins, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Channel } from '../domain/message-kinds.js';
import { keptReference, type MessageSchema } from '../domain/message.js';
import type { Accepted } from '../ports/delivery.js';
import { Channels } from './channels.js';
import type { Attempt } from './message-channel.js';

/** An attempt whose message its provider took. */
export type SentAttempt = Attempt & { readonly delivery: Accepted };

/** Writes down that providers took many messages, in one statement, as `Message.sent()` would for each of them. */
@Injectable()
export class MarkSent {
  constructor(
    readonly em: EntityManager,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  /** In an open transaction. @returns the channels of those it closed; the others have heard of their fate already */
  async execute(attempts: ReadonlyMap<Id, SentAttempt>): Promise<Map<Id, Channel>> {
    if (attempts.size === 0) return new Map();
    const sending = await this.db
      .selectFrom('messages')
      .select(['id', 'channel'])
      .where('id', 'in', bins([...attempts.keys()]))
      .where('state', '=', 'sending')
      .orderBy('id')
      .forUpdate()
      .execute();
    const rows = sending.map(({ id, channel }) => this.row(id, channel, attempts.get(id)!));
    if (rows.length > 0) await this.write(rows);
    return new Map(sending.map(({ id, channel }) => [id, channel]));
  }

  private row(
    id: Id,
    channel: Channel,
    { delivery, locale, recipientMasked, segments }: SentAttempt,
  ): RawBuilder<unknown> {
    const { providerRef, cost } = delivery;
    return sql`SELECT ${bin(id)} AS id, ${locale} AS locale, ${recipientMasked} AS recipient_masked,
      ${this.channels.of(channel).provider} AS provider, ${keptReference(providerRef)} AS provider_ref,
      ${delivery.segments ?? segments ?? null} AS segments, ${cost?.micros ?? null} AS cost_micros, ${cost?.currency ?? null} AS cost_currency`;
  }

  private async write(rows: readonly RawBuilder<unknown>[]): Promise<void> {
    await sql`
      UPDATE messages JOIN (${sql.join(rows, sql` UNION ALL `)}) AS taken ON taken.id = messages.id
      SET messages.state = 'sent', messages.closed_at = ${this.clock.now()}, messages.reason = NULL,
        messages.locale = taken.locale, messages.recipient_masked = taken.recipient_masked,
        messages.provider = taken.provider, messages.provider_ref = taken.provider_ref, messages.segments = taken.segments,
        messages.cost_micros = COALESCE(taken.cost_micros, messages.cost_micros),
        messages.cost_currency = COALESCE(taken.cost_currency, messages.cost_currency)`.execute(this.db);
  }

  private get db() {
    return globalQuery<Tables<typeof MessageSchema>>(this.em);
  }
}
