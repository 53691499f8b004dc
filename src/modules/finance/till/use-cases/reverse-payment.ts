import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { receivables } from '../../domain/account-plan.js';
import { PaymentNotFound } from '../../domain/errors.js';
import { accountOf } from '../../domain/payment-method.js';
import { Payment } from '../../domain/payment.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { AllocatePayment } from '../../use-cases/allocate-payment.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { CashDrawer } from './cash-drawer.js';

/** Undoes a payment that was taken in by mistake: entries of their own say so, and its invoices are open again. */
@Injectable()
export class ReversePayment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly drawer: CashDrawer,
    private readonly postTransfers: PostTransfers,
    private readonly allocatePayment: AllocatePayment,
    private readonly audit: Audit,
  ) {}

  /** @throws PaymentNotFound, PaymentNotReversible, TillClosed */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, paymentId: Id, reason: string): Promise<void> {
    const drawer = await this.drawer.thatTook(paymentId);
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const payment = await this.em.findOne(Payment, { id: paymentId }, lock);
    if (!payment) throw new PaymentNotFound();
    payment.reverse(actor.id, reason, this.clock.now());
    const cause = { source: 'reversal', sourceId: payment.id } as const;
    await this.allocatePayment.takeAllBack(payment, cause);
    const { zone } = await this.sellers.terms();
    const occurredOn = localDate(this.clock.now(), zone);
    const voucher = { source: 'payment_reversal', sourceId: payment.id, occurredOn } as const;
    const [debit, credit] = [receivables(payment.studentId), accountOf(payment.provider, payment.method)];
    await this.postTransfers.execute(voucher, [{ debit, credit, amount: payment.amount }]);
    this.drawer.move(drawer, 'reversal', payment.id, payment.amount.negate());
    await this.audit.record({ action: 'payment.reversed', subjectId: payment.id, details: payment.auditDetails });
  }
}
