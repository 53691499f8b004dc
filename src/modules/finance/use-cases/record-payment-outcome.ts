import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { localDate } from '../../../platform/values/zone.js';
import { clearing, receivables } from '../domain/account-plan.js';
import { PaymentNotFound } from '../domain/errors.js';
import { PaymentFailed, PaymentReceived } from '../domain/events.js';
import { Payment } from '../domain/payment.js';
import type { Answer, CheckoutOpened, PaymentIntentOpened, PaymentStatus } from '../ports/payment-gateway.js';
import { SellerReader } from '../queries/seller-reader.js';
import { AllocatePayment } from './allocate-payment.js';
import { MoneyCounters } from './money-counters.js';
import { PostTransfers } from './post-transfers.js';

/** Which gateway speaks, and of which account there. */
export interface Teller {
  readonly provider: string;
  readonly account: string | null;
}

export const isFrom = ({ provider, accountRef }: Payment, by: Teller): boolean =>
  provider === by.provider && (accountRef ?? null) === by.account;

/**
 * The only code that believes a gateway. Whatever order its answers, webhooks and our own questions come in, and however often,
 * each payment counts once; money that arrives after we gave up still counts.
 */
@Injectable()
export class RecordPaymentOutcome {
  private readonly logger = new Logger(RecordPaymentOutcome.name);

  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly allocatePayment: AllocatePayment,
    private readonly audit: Audit,
    private readonly counters: MoneyCounters,
  ) {}

  /** What a webhook tells. One that does not come from where the payment was made says nothing about it. @throws PaymentNotFound */
  @Transaction()
  async told(paymentId: Id, by: Teller, status: PaymentStatus): Promise<void> {
    const payment = await this.lock(paymentId);
    if (!isFrom(payment, by)) throw new PaymentNotFound();
    await this.execute(paymentId, status);
  }

  /** What the gateway answered when it was asked to take, or to reserve, money without the customer. */
  @Transaction()
  async charged(paymentId: Id, answer: Answer<PaymentStatus>): Promise<void> {
    if (answer.outcome === 'accepted') return this.execute(paymentId, answer.status);
    const payment = await this.lock(paymentId);
    if (answer.outcome === 'unknown') payment.lose(this.clock.now());
    else await this.end(payment, 'failed', answer.reason);
  }

  /** What the gateway answered when it was asked to open a checkout. */
  @Transaction()
  async opened(paymentId: Id, answer: CheckoutOpened | PaymentIntentOpened | Rejected | Unknown): Promise<void> {
    const payment = await this.lock(paymentId);
    if (answer.outcome === 'accepted') payment.await({ url: null, ...answer });
    else if (answer.outcome === 'unknown') payment.lose(this.clock.now());
    else await this.end(payment, 'failed', answer.reason);
  }

  /** How a checkout stands, by a verified webhook or by asking. @throws PaymentNotFound */
  @Transaction()
  async execute(paymentId: Id, status: PaymentStatus): Promise<void> {
    const payment = await this.lock(paymentId);
    if (!this.isOurs(payment, status.ref)) return;
    payment.providerRef ??= status.ref;
    if (status.state === 'open') this.wait(payment, status.url);
    else if (status.state === 'authorized') await this.reserve(payment, status.chargeRef);
    else if (status.state === 'paid') await this.receive(payment, status.received, status.chargeRef);
    else await this.end(payment, status.state, status.reason);
  }

  /** The gateway could not be asked: it will be asked again. */
  @Transaction()
  async unclear(paymentId: Id): Promise<void> {
    (await this.lock(paymentId)).checkLater(this.clock.now());
  }

  private async reserve(payment: Payment, chargeRef: string | null): Promise<void> {
    if (!payment.authorize(chargeRef, this.clock.now())) return payment.checkLater(this.clock.now());
    await this.audit.record({ action: 'payment.authorized', subjectId: payment.id, details: payment.auditDetails });
  }

  private wait(payment: Payment, url: string | null): void {
    if (url) payment.await({ ref: payment.providerRef!, url });
    payment.checkLater(this.clock.now());
  }

  private async receive(payment: Payment, received: Money, chargeRef: string | null): Promise<void> {
    const now = this.clock.now();
    if (received.currency !== payment.currency || !received.isPositive) {
      // Kept open and asked for again, so that it stays in sight until somebody has looked.
      this.logger.error(
        { paymentId: payment.id, received },
        'a payment arrived in a currency or amount that makes no sense',
      );
      payment.failure = 'unexpected_amount';
      return payment.checkLater(now);
    }
    if (!received.equals(payment.amount)) {
      this.logger.warn({ paymentId: payment.id, received }, 'a payment arrived with another amount than was asked for');
    }
    if (!payment.succeed(received, chargeRef, now)) return;
    const { zone } = await this.sellers.terms();
    await this.postTransfers.execute({ source: 'payment', sourceId: payment.id, occurredOn: localDate(now, zone) }, [
      { debit: clearing(payment.provider), credit: receivables(payment.studentId), amount: received },
    ]);
    await this.allocatePayment.apply(payment);
    this.counters.paymentSettled(payment);
    await this.outbox.record(new PaymentReceived({ paymentId: payment.id, invoiceId: payment.invoiceId! }));
    const details = { ...payment.auditDetails, ...received.toJSON() };
    await this.audit.record({ action: 'payment.received', subjectId: payment.id, details });
  }

  private async end(payment: Payment, state: 'failed' | 'expired', why: string | null): Promise<void> {
    if (!payment.end(state, why, this.clock.now())) return;
    this.counters.paymentSettled(payment);
    await this.outbox.record(new PaymentFailed({ paymentId: payment.id, invoiceId: payment.invoiceId! }));
    await this.audit.record({ action: `payment.${state}`, subjectId: payment.id, details: payment.auditDetails });
  }

  private isOurs(payment: Payment, ref: string): boolean {
    if (payment.providerRef === null || [payment.providerRef, payment.chargeRef].includes(ref)) return true;
    this.logger.error({ paymentId: payment.id, ref }, 'the gateway speaks of another checkout than the one it opened');
    return false;
  }

  private async lock(id: Id): Promise<Payment> {
    const payment = await this.em.findOne(Payment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!payment) throw new PaymentNotFound();
    return payment;
  }
}
