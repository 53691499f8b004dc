import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { inTransaction, Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { AmountNotPositive, GatewayUnclear, PaymentNotFound, WrongCurrency } from '../../domain/errors.js';
import { CaptureAboveReserved, PaymentNotReserved } from '../../domain/gateway-errors.js';
import { Payment } from '../../domain/payment.js';
import type { CaptureIntent } from '../../ports/payment-gateway.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import { CheckPayment } from '../../use-cases/check-payment.js';
import { RecordPaymentOutcome } from '../../use-cases/record-payment-outcome.js';

/** Takes what a payment has reserved, all or part of it; the rest is let go. The payment's id makes it one. */
@Injectable()
export class CapturePayment {
  constructor(
    readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly outcomes: RecordPaymentOutcome,
    private readonly checkPayment: CheckPayment,
    private readonly audit: Audit,
  ) {}

  /** @throws PaymentNotFound, PaymentNotReserved, WrongCurrency, AmountNotPositive, CaptureAboveReserved, GatewayUnclear */
  async execute(paymentId: Id, amount?: Money): Promise<void> {
    const { provider, intent } = await this.decide(paymentId, amount);
    const answer = await this.gateways.for(provider).capture(intent);
    if (answer.outcome === 'accepted') return this.outcomes.execute(paymentId, answer.status);
    // Taken or let go in the meantime, or nobody knows: the gateway says how it stands.
    await this.checkPayment.execute(paymentId);
    const { state } = await inTransaction(this.em, () => this.em.findOneOrFail(Payment, { id: paymentId }));
    if (state === 'authorized') throw new GatewayUnclear();
    if (state !== 'succeeded') throw new PaymentNotReserved();
  }

  @Transaction()
  async decide(id: Id, amount: Money | undefined): Promise<{ provider: string; intent: CaptureIntent }> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const payment = await this.em.findOne(Payment, { id }, { lockMode });
    if (!payment) throw new PaymentNotFound();
    if (payment.state !== 'authorized') throw new PaymentNotReserved();
    const part = amount ?? payment.amount;
    if (part.currency !== payment.currency) throw new WrongCurrency(payment.currency);
    if (!part.isPositive) throw new AmountNotPositive('amount');
    if (part.compare(payment.amount) > 0) throw new CaptureAboveReserved(payment.amount);
    const details = { ...payment.auditDetails, ...part.toJSON() };
    await this.audit.record({ action: 'payment.capture_requested', subjectId: id, details });
    const at = { ref: payment.providerRef!, account: payment.accountRef ?? null };
    return { provider: payment.provider, intent: { ...at, paymentId: id, amount: part } };
  }
}
