import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { acrossSchools } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { BillingTables } from '../billing.tables.js';

interface Of {
  readonly schoolId: Id;
}

/** Which schools need something done, and whose something at the gateway is. */
@Injectable()
export class Subscribers {
  constructor(private readonly em: EntityManager) {}

  /** By the subscription's name at the gateway, also of one that has ended. */
  async of(provider: string, ref: string): Promise<Id | null> {
    const row = await acrossSchools('whose subscription the gateway speaks of', async () => {
      const current = this.db.selectFrom('subscriptions').select('school_id as schoolId');
      const former = this.db.selectFrom('subscription_steps').select('school_id as schoolId');
      return (
        (await current.where('provider', '=', provider).where('provider_ref', '=', ref).executeTakeFirst()) ??
        (await former.where('provider', '=', provider).where('subscription_ref', '=', ref).executeTakeFirst())
      );
    });
    return row?.schoolId ?? null;
  }

  /** By the checkout that we have opened. */
  async ofCheckout(stepId: Id): Promise<Id | null> {
    const row = await acrossSchools('whose checkout the gateway speaks of', () =>
      this.db
        .selectFrom('subscription_steps')
        .select('school_id as schoolId')
        .where('id', '=', bin(stepId))
        .executeTakeFirst(),
    );
    return row?.schoolId ?? null;
  }

  /** Schools that are to be billed and have no subscription yet. */
  without(limit: number): Promise<Of[]> {
    return acrossSchools('schools that have just been opened', () =>
      this.db
        .selectFrom('schools')
        .innerJoin('billing_settings', (join) => join.onTrue())
        .leftJoin('subscriptions', 'subscriptions.school_id', 'schools.id')
        .select('schools.id as schoolId')
        .where('billing_settings.plan_id', 'is not', null)
        .whereRef('billing_settings.seller_id', '<>', 'schools.id')
        .where('subscriptions.id', 'is', null)
        .limit(limit)
        .execute(),
    );
  }

  /** Live subscriptions that pay for another number of seats than are in use, with nothing under way, and not refused just that since. */
  outOfStep(since: Date, limit: number): Promise<Of[]> {
    const wanted = sql<number>`GREATEST(billing_plans.least_seats,
      (SELECT COUNT(*) FROM teachers WHERE teachers.school_id = subscriptions.school_id AND teachers.active = 1))`;
    return acrossSchools('subscriptions whose seats have changed', () =>
      this.db
        .selectFrom('subscriptions')
        .innerJoin('billing_plans', 'billing_plans.id', 'subscriptions.plan_id')
        .leftJoin('subscription_steps', 'subscription_steps.open_for', 'subscriptions.school_id')
        .select('subscriptions.school_id as schoolId')
        .where('subscriptions.provider_ref', 'is not', null)
        .where('subscriptions.state', 'in', ['trialing', 'active', 'past_due'])
        .where('subscription_steps.id', 'is', null)
        .where('subscriptions.seats', '<>', wanted)
        .where(
          sql<boolean>`NOT EXISTS (SELECT 1 FROM subscription_steps refused
            WHERE refused.school_id = subscriptions.school_id AND refused.kind = 'change' AND refused.state = 'failed'
              AND refused.plan_id = subscriptions.plan_id AND refused.seats = ${wanted} AND refused.created_at > ${since})`,
        )
        .limit(limit)
        .execute(),
    );
  }

  /** Steps that the gateway has left open. */
  dueSteps(now: Date, limit: number): Promise<(Of & { readonly id: Id })[]> {
    return acrossSchools('what was asked of the gateway', () =>
      this.db
        .selectFrom('subscription_steps')
        .select(['id', 'school_id as schoolId'])
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(limit)
        .execute(),
    );
  }

  /** A piece of those whose owners may have to be told something, in the order of their ids. */
  toTell(after: Id | null, limit: number): Promise<(Of & { readonly id: Id })[]> {
    return acrossSchools('how schools stand', () => {
      const rows = this.db
        .selectFrom('subscriptions')
        .select(['id', 'school_id as schoolId'])
        .where((is) => is.or([is.eb('state', '<>', 'active'), is.eb('told_standing', '<>', 'good')]))
        .orderBy('id')
        .limit(limit);
      return (after ? rows.where('id', '>', bin(after)) : rows).execute();
    });
  }

  /** Subscriptions at the gateway that were not looked at since, or should have come to something by now. */
  toLookAt(now: Date, since: Date, limit: number): Promise<(Of & { readonly ref: string })[]> {
    return acrossSchools('subscriptions that no webhook has told of', () =>
      this.db
        .selectFrom('subscriptions')
        .select(['school_id as schoolId', 'provider_ref as ref'])
        .where('provider_ref', 'is not', null)
        .where('state', '<>', 'canceled')
        .where((is) =>
          is.or([
            is.eb('looked_at', '<', since),
            is.eb('state', 'in', ['incomplete', 'past_due', 'unpaid']),
            is.eb('current_period_end', '<', now),
            is.eb('cancels_at', '<', now),
          ]),
        )
        .orderBy('looked_at')
        .limit(limit)
        .$narrowType<{ ref: string }>()
        .execute(),
    );
  }

  private get db() {
    return globalQuery<BillingTables>(this.em);
  }
}
