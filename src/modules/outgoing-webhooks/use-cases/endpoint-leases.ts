import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { WebhookTables } from '../tables.js';

/** The right to send to an endpoint: one at a time among all processes has it. */
export interface Lease {
  readonly id: Id;
  readonly endpointId: Id;
}

/** Longer than the messages of one round take to be sent, each in its time-out. */
export const leasedForMs = 60_000;

/** Who sends to which endpoint, in SQL; left alone by a process that dies, it is free again after a minute. */
@Injectable()
export class EndpointLeases {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Null when somebody else has it, or the endpoint is to be left alone. */
  async take(endpointId: Id): Promise<Lease | null> {
    const id = newId();
    const now = this.clock.now();
    const { numUpdatedRows } = await this.db
      .updateTable('webhook_endpoints')
      .set({ lease_id: bin(id), lease_until: this.until() })
      .where('id', '=', bin(endpointId))
      .where('state', '=', 'active')
      .where((row) => row.or([row('held_until', 'is', null), row('held_until', '<=', now)]))
      .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n ? { id, endpointId } : null;
  }

  async renew({ id, endpointId }: Lease): Promise<void> {
    await this.db
      .updateTable('webhook_endpoints')
      .set({ lease_until: this.until() })
      .where('id', '=', bin(endpointId))
      .where('lease_id', '=', bin(id))
      .execute();
  }

  async release({ id, endpointId }: Lease): Promise<void> {
    await this.db
      .updateTable('webhook_endpoints')
      .set({ lease_id: null, lease_until: null })
      .where('id', '=', bin(endpointId))
      .where('lease_id', '=', bin(id))
      .execute();
  }

  private until(): Date {
    return new Date(this.clock.now().getTime() + leasedForMs);
  }

  private get db() {
    return globalQuery<WebhookTables>(this.em);
  }
}
