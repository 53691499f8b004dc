import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, List } from '../../../platform/database/list.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { BillingTables } from '../billing.tables.js';
import { PlanNotFound } from '../domain/billing-problems.js';

export interface PlanView {
  readonly id: Id;
  readonly code: string;
  readonly version: number;
  readonly name: string;
  /** For a month and a seat, VAT included. */
  readonly price: Money;
  readonly vatRateBp: number;
  readonly leastSeats: number;
  readonly mostSeats: number | null;
  readonly trialDays: number;
  readonly archived: boolean;
}

export const planList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { archived: is<boolean>('archived') },
});

/** What schools can subscribe to. */
@Injectable()
export class PlanReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof planList>): Promise<Page<PlanView>> {
    return mapPage(await planList.page(this.plans, asked), view);
  }

  /** Those that can be chosen, the cheapest first. */
  async offered(): Promise<PlanView[]> {
    const rows = await this.plans
      .where('archived', '=', false)
      .orderBy('price_minor')
      .orderBy('id')
      .limit(50)
      .execute();
    return rows.map(view);
  }

  /** @throws PlanNotFound */
  async get(id: Id): Promise<PlanView> {
    const row = await this.plans.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new PlanNotFound();
    return view(row);
  }

  private get plans() {
    return globalQuery<BillingTables>(this.em)
      .selectFrom('billing_plans')
      .select(['id', 'code', 'version', 'name', 'price_minor', 'currency', 'archived'])
      .select(['vat_rate_bp as vatRateBp', 'least_seats as leastSeats', 'most_seats as mostSeats'])
      .select('trial_days as trialDays');
  }
}

function view({
  price_minor: price,
  currency,
  ...plan
}: Omit<PlanView, 'price'> & { price_minor: number; currency: string }): PlanView {
  return { ...plan, price: Money.of(price, currency) };
}
