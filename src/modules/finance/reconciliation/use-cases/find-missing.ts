import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Money } from '../../../../platform/values/money.js';
import type { PaymentSchema } from '../../domain/payment.js';
import type { GatewayDifferenceSchema, GatewayMovementSchema } from '../domain/gateway-books.js';
import { NoteDifference } from './note-difference.js';

type Db = Tables<typeof PaymentSchema | typeof GatewayMovementSchema | typeof GatewayDifferenceSchema>;

const atOnce = 200;

/** Payments that we have as received, and the gateway's books have not. */
@Injectable()
export class FindMissing {
  constructor(
    readonly em: EntityManager,
    private readonly differences: NoteDifference,
  ) {}

  /** @param between when they were received: later than the books are read from, and long enough ago to stand in them */
  async execute(provider: string, account: string | null, between: readonly [Date, Date]): Promise<void> {
    while ((await this.some(provider, account, between)) === atOnce);
  }

  /** What is noted is not looked for again, so each time finds the next ones. @returns how many were noted */
  @Transaction()
  protected async some(provider: string, account: string | null, between: readonly [Date, Date]): Promise<number> {
    const received = globalQuery<Db>(this.em)
      .selectFrom('payments')
      .leftJoin('gateway_movements', (join) =>
        join
          .onRef('gateway_movements.school_id', '=', 'payments.school_id')
          .onRef('gateway_movements.payment_id', '=', 'payments.id')
          .on('gateway_movements.kind', '=', 'payment'),
      )
      .leftJoin('gateway_differences', (join) =>
        join
          .onRef('gateway_differences.school_id', '=', 'payments.school_id')
          .onRef('gateway_differences.payment_id', '=', 'payments.id')
          .on('gateway_differences.kind', '=', 'missing_there'),
      )
      .select(['payments.id', 'payments.received_minor', 'payments.currency'])
      .where('payments.school_id', '=', bin(currentSchool()))
      .where('payments.provider', '=', provider)
      .where('payments.account_ref', account === null ? 'is' : '=', account)
      .where('payments.state', '=', 'succeeded')
      .where('payments.settled_at', '>=', between[0])
      .where('payments.settled_at', '<', between[1])
      .where('gateway_movements.id', 'is', null)
      .where('gateway_differences.id', 'is', null)
      .limit(atOnce);
    const missing = await received.execute();
    for (const { id, received_minor: minor, currency } of missing) {
      const [here, there] = [Money.of(minor, currency), Money.of(0, currency)];
      const found = { provider, kind: 'missing_there' as const, subjectRef: id, paymentId: id, here, there };
      await this.differences.is(true, found);
    }
    return missing.length;
  }
}
