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

/** One key for all written forms of an address. */
export function obstacleKey(channel: Channel, address: string): string {
  return `${channel}:${sameAddress(channel, address)}`;
}

/** What stands against writing to addresses. */
@Injectable()
export class Obstacles {
  constructor(private readonly em: EntityManager) {}

  /** The latest, or null when the address may be written to. */
  async at(channel: Channel, address: string): Promise<Obstacle | null> {
    return (await this.atAny([{ channel, address }])).get(obstacleKey(channel, address)) ?? null;
  }

  /** The latest of each of the addresses that has one, by obstacleKey(). */
  async atAny(
    addresses: readonly { readonly channel: Channel; readonly address: string }[],
  ): Promise<Map<string, Obstacle>> {
    const found = new Map<string, Obstacle>();
    for (const [channel, its] of Map.groupBy(addresses, (each) => each.channel)) {
      const rows = await this.db
        .selectFrom('undeliverable_addresses')
        .select(['address', 'cause', 'reason', 'told_at as since'])
        .where('channel', '=', channel)
        .where('address', 'in', [...new Set(its.map(({ address }) => sameAddress(channel, address)))])
        .where('told_at', 'is not', null)
        .where(sql<boolean>`(lifted_at is null or lifted_at < told_at)`)
        .orderBy('told_at')
        .execute();
      for (const { address, cause, reason, since } of rows)
        found.set(obstacleKey(channel, address), { cause, reason, since: since! });
    }
    return found;
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
