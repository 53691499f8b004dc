import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { afterCommit } from '../../../platform/database/transaction.js';
import { Metrics } from '../../../platform/observability/metrics/metrics.js';
import type { Payment } from '../domain/payment.js';
import type { Refund } from '../domain/refund.js';

/** Counts how payments and refunds end, once it is committed. The books say how much; these say how often, and how it goes right now. */
@Injectable()
export class MoneyCounters {
  private readonly payments: Counter<'provider' | 'state'>;
  private readonly refunds: Counter<'provider' | 'state'>;

  constructor(metrics: Metrics) {
    const labelNames = ['provider', 'state'] as const;
    this.payments = metrics.counter({ name: 'payments_total', help: 'Payments with an outcome.', labelNames });
    this.refunds = metrics.counter({ name: 'refunds_total', help: 'Refunds with an outcome.', labelNames });
  }

  /** Needs the open transaction that settles it. */
  paymentSettled({ provider, state }: Payment): void {
    afterCommit(() => this.payments.inc({ provider, state }));
  }

  /** Needs the open transaction that settles it. */
  refundSettled({ state }: Refund, { provider }: Payment): void {
    afterCommit(() => this.refunds.inc({ provider, state }));
  }
}
