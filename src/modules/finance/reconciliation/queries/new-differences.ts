import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DifferenceKind, GatewayDifferenceSchema } from '../domain/gateway-books.js';

type Db = Tables<typeof GatewayDifferenceSchema>;

export interface SchoolWithDifferences {
  readonly schoolId: Id;
  /** When the latest of its open ones was found. */
  readonly latest: Date;
}

/** Open differences from the gateways' books, for whoever is to hear of them. */
@Injectable()
export class NewDifferences {
  constructor(private readonly em: EntityManager) {}

  /** Of all schools, those where one was found since and is still open. */
  async schoolsSince(since: Date): Promise<SchoolWithDifferences[]> {
    return globalQuery<Db>(this.em)
      .selectFrom('gateway_differences')
      .select(({ fn }) => ['school_id as schoolId', fn.max('found_at').as('latest')])
      .where('state', '=', 'open')
      .where('found_at', '>=', since)
      .groupBy('school_id')
      .execute();
  }

  /** How many of each kind are open in the current school. */
  async open(): Promise<{ kind: DifferenceKind; number: number }[]> {
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('gateway_differences')
      .select(({ fn }) => ['kind', fn.countAll().as('number')])
      .where('state', '=', 'open')
      .groupBy('kind')
      .orderBy('kind')
      .execute();
    return rows.map(({ kind, number }) => ({ kind, number: Number(number) }));
  }
}
