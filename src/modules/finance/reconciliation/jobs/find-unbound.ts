import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { PaymentSchema } from '../../domain/payment.js';
import { manualProvider } from '../../domain/payment-method.js';
import type { RefundSchema } from '../../domain/refund.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import type { GatewayDifferenceSchema } from '../domain/gateway-books.js';
import { NoteUnbound } from '../use-cases/note-unbound.js';

type Db = Tables<typeof GatewayDifferenceSchema | typeof PaymentSchema | typeof RefundSchema>;

interface Waiting {
  readonly id: Id;
  readonly schoolId: Id;
}

const atOnce = 500;

/** Payments that wait for a provider which is no longer set up: they are listed until it is, or until they have ended. */
@Injectable()
export class FindUnbound {
  private readonly logger = new Logger(FindUnbound.name);

  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly note: NoteUnbound,
  ) {}

  @Schedule('finance.find-unbound-payments', { every: { minutes: 60 } })
  async run(): Promise<void> {
    const waiting = await acrossSchools('payments that wait for a provider which is not set up', () => this.waiting());
    await eachInItsSchool(
      waiting,
      ({ id }) => this.note.execute(id),
      (err, { id }) => this.logger.error({ err, id }, 'a payment of a provider that is not set up was not listed'),
    );
  }

  private async waiting(): Promise<Waiting[]> {
    const bound = [manualProvider, ...this.gateways.all.map(({ provider }) => provider)];
    const payments = this.db
      .selectFrom('payments')
      .select(['id', 'school_id as schoolId'])
      .where('next_check_at', 'is not', null)
      .where('provider', 'not in', bound)
      .limit(atOnce);
    const refunds = this.db
      .selectFrom('refunds')
      .innerJoin('payments', (join) =>
        join.onRef('payments.school_id', '=', 'refunds.school_id').onRef('payments.id', '=', 'refunds.payment_id'),
      )
      .select(['payments.id', 'payments.school_id as schoolId'])
      .where('refunds.next_check_at', 'is not', null)
      .where('payments.provider', 'not in', bound)
      .limit(atOnce);
    const listed = this.db
      .selectFrom('gateway_differences')
      .select(['payment_id', 'school_id as schoolId'])
      .where('kind', '=', 'provider_unbound')
      .where('state', '=', 'open')
      .limit(atOnce);
    const before = (await listed.execute()).map(({ payment_id: id, schoolId }) => (id ? [{ id, schoolId }] : []));
    const rows: Waiting[] = [...(await payments.execute()), ...(await refunds.execute()), ...before.flat()];
    return [...new Map(rows.map((row) => [row.id, row])).values()];
  }

  private get db() {
    return globalQuery<Db>(this.em);
  }
}
