import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { inTransaction, Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Payment } from '../../domain/payment.js';
import type { DifferenceKind } from '../domain/gateway-books.js';
import { AdoptPayment } from './adopt-payment.js';
import { OpenDifference } from './open-difference.js';

/** What the gateway's word about a payment can settle. */
const aboutPayments: readonly DifferenceKind[] = ['missing_here', 'amount_differs'];

/** Asks the gateway again about a difference, and takes over what it proves. What it does not prove stays open. */
@Injectable()
export class CheckDifference {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly open: OpenDifference,
    private readonly adopt: AdoptPayment,
    private readonly audit: Audit,
  ) {}

  /** @throws DifferenceNotFound, DifferenceSettled */
  async execute(id: Id): Promise<void> {
    const { paymentId } = await inTransaction(this.em, () => this.open.lock(id));
    if (paymentId) await this.adopt.execute(paymentId, null);
    await this.note(id);
  }

  @Transaction()
  async note(id: Id): Promise<void> {
    const difference = await this.open.lock(id);
    const { kind, paymentId = null, there } = difference;
    const payment = paymentId ? await this.em.findOne(Payment, { id: paymentId }) : null;
    const isPaid = aboutPayments.includes(kind) && payment?.state === 'succeeded';
    const agrees = there !== null && isPaid && payment.received.equals(there);
    if (agrees) difference.settle('resolved', this.clock.now(), null);
    const details = { kind, paymentId, resolved: agrees };
    await this.audit.record({ action: 'gateway_difference.checked', subjectId: id, details });
  }
}
