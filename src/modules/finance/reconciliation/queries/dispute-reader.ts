import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { DisputeState } from '../../ports/gateway-books.js';
import type { DisputeSchema } from '../domain/dispute.js';

export interface DisputeForMessage {
  readonly provider: string;
  readonly state: DisputeState;
  readonly amount: Money;
  readonly openedAt: Date;
}

/** What messages say about disputes. */
@Injectable()
export class DisputeReader {
  constructor(private readonly em: EntityManager) {}

  /** Of the current school; null when it has none of that id. */
  async forMessage(disputeId: Id): Promise<DisputeForMessage | null> {
    const row = await schoolQuery<Tables<typeof DisputeSchema>>(this.em)
      .selectFrom('disputes')
      .select(['provider', 'state', 'amount_minor', 'currency', 'opened_at as openedAt'])
      .where('id', '=', bin(disputeId))
      .executeTakeFirst();
    if (!row) return null;
    const { provider, state, openedAt } = row;
    return { provider, state, openedAt, amount: Money.of(row.amount_minor, row.currency) };
  }
}
