import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../database/query.js';
import type { OutboxDeliverySchema } from './outbox.entities.js';

export interface DeadCount {
  readonly handler: string;
  readonly number: number;
}

/** Deliveries that were given up and that nobody has tried again or discarded since. */
@Injectable()
export class DeadDeliveries {
  constructor(private readonly em: EntityManager) {}

  /** How many of each handler were given up after the one moment and not after the other. */
  async counts(since: Date, until: Date): Promise<DeadCount[]> {
    const rows = await globalQuery<Tables<typeof OutboxDeliverySchema>>(this.em)
      .selectFrom('outbox_deliveries')
      .select(({ fn }) => ['handler', fn.countAll().as('number')])
      .where('state', '=', 'dead')
      .where('due_at', '>', since)
      .where('due_at', '<=', until)
      .groupBy('handler')
      .orderBy('handler')
      .execute();
    return rows.map(({ handler, number }) => ({ handler, number: Number(number) }));
  }
}
