import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Measures, type Readings } from '../../../platform/observability/metrics/measures.js';
import { Clock } from '../../../platform/values/clock.js';
import type { PaymentSchema } from '../domain/payment.js';
import type { RefundSchema } from '../domain/refund.js';

type Db = Tables<typeof PaymentSchema | typeof RefundSchema>;

/** Payments and refunds whose outcome nobody knows yet: those that `next_check_at` keeps in the index. */
@Injectable()
export class OpenMoney {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Measures(
    { name: 'payments_open', help: 'Payments without an outcome.', labels: ['provider', 'state'] },
    { name: 'refunds_open', help: 'Refunds without an outcome.', labels: ['state'] },
    { name: 'payments_check_overdue_seconds', help: 'How long a gateway should have been asked by now, at most.' },
  )
  async read(): Promise<Readings> {
    const [payments, refunds, overdue] = await Promise.all([this.payments(), this.refunds(), this.overdueSeconds()]);
    return { payments_open: payments, refunds_open: refunds, payments_check_overdue_seconds: [{ value: overdue }] };
  }

  private async payments() {
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('payments')
      .select(({ fn }) => ['provider', 'state', fn.countAll<number>().as('count')])
      .where('next_check_at', 'is not', null)
      .groupBy(['provider', 'state'])
      .execute();
    return rows.map(({ provider, state, count }) => ({ labels: { provider, state }, value: count }));
  }

  private async refunds() {
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('refunds')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('next_check_at', 'is not', null)
      .groupBy('state')
      .execute();
    return rows.map(({ state, count }) => ({ labels: { state }, value: count }));
  }

  private async overdueSeconds(): Promise<number> {
    const earliest = await Promise.all(
      (['payments', 'refunds'] as const).map((table) =>
        schoolQuery<Db>(this.em)
          .selectFrom(table)
          .select(({ fn }) => fn.min('next_check_at').as('due'))
          .executeTakeFirst(),
      ),
    );
    const now = this.clock.now().getTime();
    return Math.max(0, ...earliest.map((each) => (each?.due ? (now - each.due.getTime()) / 1_000 : 0)));
  }
}
