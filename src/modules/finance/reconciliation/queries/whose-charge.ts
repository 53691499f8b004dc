import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { acrossSchools } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { SchoolSchema } from '../../../schools/index.js';
import type { GatewayAccountSchema } from '../../domain/gateway-account.js';
import type { PaymentSchema } from '../../domain/payment.js';
import { Money } from '../../../../platform/values/money.js';
import type { DisputeSchema } from '../domain/dispute.js';
import type { GatewayPayoutSchema } from '../domain/gateway-books.js';

type Db = Tables<
  | typeof DisputeSchema
  | typeof GatewayAccountSchema
  | typeof GatewayPayoutSchema
  | typeof PaymentSchema
  | typeof SchoolSchema
>;

/** Which school something at a gateway is about, where the gateway itself does not say. */
@Injectable()
export class WhoseCharge {
  constructor(private readonly em: EntityManager) {}

  /** By the money taken; on a school's own account it is that school's, and on no other's. */
  async school(provider: string, account: string | null, chargeRef: string): Promise<Id | null> {
    const row = await acrossSchools('whose money the gateway speaks of', () => {
      const charges = globalQuery<Db>(this.em)
        .selectFrom('payments')
        .select('school_id as schoolId')
        .where('provider', '=', provider)
        .where('charge_ref', '=', chargeRef);
      const there =
        account === null ? charges.where('account_ref', 'is', null) : charges.where('account_ref', '=', account);
      return there.limit(1).executeTakeFirst();
    });
    return row?.schoolId ?? null;
  }

  /** Whether a school that the gateway names is one of ours. */
  async isSchool(id: Id): Promise<boolean> {
    const schools = globalQuery<Db>(this.em).selectFrom('schools').select('id').where('id', '=', bin(id));
    return (await schools.executeTakeFirst()) !== undefined;
  }

  /** By a dispute that we know. */
  async disputed(provider: string, disputeRef: string): Promise<Id | null> {
    const row = await acrossSchools('whose dispute the gateway speaks of', () =>
      globalQuery<Db>(this.em)
        .selectFrom('disputes')
        .select('school_id as schoolId')
        .where('provider', '=', provider)
        .where('provider_ref', '=', disputeRef)
        .executeTakeFirst(),
    );
    return row?.schoolId ?? null;
  }

  /** What each school got of a payout. */
  async paidOut(provider: string, payoutRef: string): Promise<{ schoolId: Id; amount: Money }[]> {
    const rows = await acrossSchools('whose payout the bank refused', () =>
      globalQuery<Db>(this.em)
        .selectFrom('gateway_payouts')
        .select(['school_id', 'amount_minor', 'currency'])
        .where('provider', '=', provider)
        .where('payout_ref', '=', payoutRef)
        .execute(),
    );
    return rows.map((row) => ({ schoolId: row.school_id, amount: Money.of(row.amount_minor, row.currency) }));
  }

  /** The schools that have accounts of their own there. */
  ownAccounts(provider: string): Promise<{ schoolId: Id; account: string }[]> {
    return acrossSchools('the gateway accounts of all schools', () =>
      globalQuery<Db>(this.em)
        .selectFrom('gateway_accounts')
        .select(['school_id as schoolId', 'account_ref as account'])
        .where('provider', '=', provider)
        .where('account_ref', 'is not', null)
        .$narrowType<{ account: string }>()
        .execute(),
    );
  }
}
