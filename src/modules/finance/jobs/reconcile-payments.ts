import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { PaymentSchema } from '../domain/payment.js';
import type { RefundSchema } from '../domain/refund.js';
import { AdvanceRefund } from '../use-cases/advance-refund.js';
import { CheckPayment } from '../use-cases/check-payment.js';

type Db = Tables<typeof PaymentSchema | typeof RefundSchema>;

const atOnce = 200;

/** Asks the gateways about every payment and refund whose outcome nobody has told us in time. */
@Injectable()
export class ReconcilePayments {
  private readonly logger = new Logger(ReconcilePayments.name);

  constructor(
    private readonly em: EntityManager,
    private readonly checkPayment: CheckPayment,
    private readonly advanceRefund: AdvanceRefund,
  ) {}

  @Schedule('finance.reconcile-payments', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    await this.each(await this.due('payments', now), (id) => this.checkPayment.execute(id));
    await this.each(await this.due('refunds', now), (id) => this.advanceRefund.execute(id));
  }

  private due(table: 'payments' | 'refunds', now: Date): Promise<{ id: Id; schoolId: Id }[]> {
    return acrossSchools('payments and refunds without an outcome', () =>
      globalQuery<Db>(this.em)
        .selectFrom(table)
        .select(['id', 'school_id as schoolId'])
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(atOnce)
        .execute(),
    );
  }

  private each(rows: readonly { id: Id; schoolId: Id }[], check: (id: Id) => Promise<void>): Promise<void> {
    return eachInItsSchool(
      rows,
      ({ id }) => check(id),
      (err, { id }) => this.logger.error({ err, id }, 'a payment or refund could not be checked'),
    );
  }
}
