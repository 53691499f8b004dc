import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { BillingTables } from '../billing.tables.js';
import { type Standing, standingOf } from '../domain/standing.js';

/** A school in good standing is not asked about again for so long; one that is not is asked each time, so that paying counts at once. */
const rememberedMs = 10_000;

/** How schools stand. Asked before each change that somebody makes. */
@Injectable()
export class Standings {
  private readonly good = new Map<Id, number>();

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async of(schoolId: Id): Promise<Standing> {
    const now = this.clock.now();
    const age = now.getTime() - (this.good.get(schoolId) ?? 0);
    if (age >= 0 && age < rememberedMs) return 'good';
    const standing = await this.read(schoolId, now);
    if (standing === 'good') this.good.set(schoolId, now.getTime());
    else this.good.delete(schoolId);
    return standing;
  }

  /** A school without a subscription, and the seller itself, owe nothing. */
  private async read(schoolId: Id, now: Date): Promise<Standing> {
    const row = await globalQuery<BillingTables>(this.em)
      .selectFrom('subscriptions')
      .innerJoin('billing_settings', (join) => join.onTrue())
      .select(['state', 'provider_ref', 'trial_ends_at as trialEndsAt', 'unpaid_since as unpaidSince'])
      .select(['exempt_reason', 'restricted_after_days as restrictedAfterDays'])
      .select('read_only_after_days as readOnlyAfterDays')
      .where('subscriptions.school_id', '=', bin(schoolId))
      .whereRef('seller_id', '<>', 'subscriptions.school_id')
      .executeTakeFirst();
    if (!row) return 'good';
    const facts = { ...row, atGateway: row.provider_ref !== null, exempt: row.exempt_reason !== null };
    return standingOf(facts, row, now);
  }
}
