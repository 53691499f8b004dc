import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { sameAddress } from '../domain/contacts.js';
import type { Channel } from '../domain/message-kinds.js';
import type { ObstacleCause, UndeliverableAddressSchema } from '../domain/undeliverable-address.js';

/** One piece of news about an address: something against it (`told`), or that it may be written to again (`lifted`). */
export interface AddressMark {
  readonly channel: Channel;
  readonly address: string;
  readonly cause: ObstacleCause;
  readonly what: 'told' | 'lifted';
  readonly reason?: string | null;
  readonly at: Date;
}

/** Notes it; of told and of lifted each the latest moment stands, so repeats and the order change nothing. */
@Injectable()
export class MarkAddress {
  constructor(readonly em: EntityManager) {}

  @Transaction()
  async execute({ channel, address, cause, what, reason = null, at }: AddressMark): Promise<void> {
    const key = { channel, address: sameAddress(channel, address), cause };
    const [told, lifted] = what === 'told' ? [at, null] : [null, at];
    await this.db
      .insertInto('undeliverable_addresses')
      .values({ ...key, reason, told_at: told, lifted_at: lifted })
      .onDuplicateKeyUpdate({
        // Before told_at, which it compares with: assignments are made from left to right.
        reason: sql`if(values(told_at) > coalesce(told_at, '1000-01-01'), values(reason), reason)`,
        told_at: sql`greatest(coalesce(told_at, values(told_at)), coalesce(values(told_at), told_at))`,
        lifted_at: sql`greatest(coalesce(lifted_at, values(lifted_at)), coalesce(values(lifted_at), lifted_at))`,
      })
      .execute();
  }

  /** Whatever stands against the address now is lifted. */
  @Transaction()
  async lift(channel: Channel, address: string, at: Date): Promise<void> {
    await this.db
      .updateTable('undeliverable_addresses')
      .set({ lifted_at: sql`greatest(coalesce(lifted_at, ${at}), ${at})` })
      .where('channel', '=', channel)
      .where('address', '=', sameAddress(channel, address))
      .execute();
  }

  private get db() {
    return globalQuery<Tables<typeof UndeliverableAddressSchema>>(this.em);
  }
}
