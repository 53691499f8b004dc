import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Payment } from '../../domain/payment.js';
import { Refund } from '../../domain/refund.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import { NoteDifference } from './note-difference.js';

/** Notes that a payment or its refund waits for a provider that is no longer set up, and that it no longer does. */
@Injectable()
export class NoteUnbound {
  constructor(
    readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly differences: NoteDifference,
  ) {}

  @Transaction()
  async execute(paymentId: Id): Promise<void> {
    const payment = await this.em.findOneOrFail(Payment, { id: paymentId });
    const { provider, amount: here } = payment;
    const refunds = await this.em.count(Refund, { paymentId, nextCheckAt: { $ne: null } });
    const waits = (payment.nextCheckAt ?? null) !== null || refunds > 0;
    const isUnbound = !payment.isManual && !this.gateways.find(provider);
    const there = Money.of(0, here.currency);
    const found = { provider, kind: 'provider_unbound' as const, subjectRef: paymentId, paymentId, here, there };
    await this.differences.is(waits && isUnbound, found);
  }
}
