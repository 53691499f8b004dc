import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { sameAddress } from '../domain/contacts.js';
import type { Channel } from '../domain/message-kinds.js';
import type { ObstacleCause, UndeliverableAddressSchema } from '../domain/undeliverable-address.js';

type Db = Tables<typeof UndeliverableAddressSchema>;

/** Why nothing more is sent to an address. */
export interface Obstacle {
  readonly cause: ObstacleCause;
  /** The provider's word. */
  readonly reason: string | null;
  readonly since: Date;
}

/** What stands against writing to addresses. */
@Injectable()
export class Obstacles {
  constructor(private readonly em: EntityManager) {}

  /** The latest, or null when the address may be written to. */
  async at(channel: Channel, address: string): Promise<Obstacle | null> {
    const row = await this.db
      .selectFrom('undeliverable_addresses')
      .select(['cause', 'reason', 'told_at as since'])
      .where('channel', '=', channel)
      .where('address', '=', sameAddress(channel, address))
      .where('told_at', 'is not', null)
      .where(sql<boolean>`(lifted_at is null or lifted_at < told_at)`)
      .orderBy('told_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? { ...row, since: row.since! } : null;
  }

  /** Every obstacle ever noted at these addresses. */
  async historyOf(addresses: readonly (readonly [Channel, string])[]) {
    const found = await Promise.all(
      addresses.map(([channel, address]) =>
        this.db
          .selectFrom('undeliverable_addresses')
          .select(['channel', 'address', 'cause', 'reason', 'told_at as toldAt', 'lifted_at as liftedAt'])
          .where('channel', '=', channel)
          .where('address', '=', sameAddress(channel, address))
          .execute(),
      ),
    );
    return found.flat();
  }

  private get db() {
    return globalQuery<Db>(this.em);
  }
}
