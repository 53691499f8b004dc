import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { inTransaction, Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Payment } from '../../domain/payment.js';
import { GatewayDifference } from '../domain/gateway-books.js';
import { DifferenceNotFound, DifferenceSettled } from '../domain/reconciliation-errors.js';
import { AdoptPayment } from './adopt-payment.js';

/** Asks the gateway again about a difference, and takes over what it proves. What it does not prove stays open. */
@Injectable()
export class CheckDifference {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly adopt: AdoptPayment,
    private readonly audit: Audit,
  ) {}

  /** @throws DifferenceNotFound, DifferenceSettled */
  async execute(id: Id): Promise<void> {
    const { paymentId } = await inTransaction(this.em, () => this.open(id));
    if (paymentId) await this.adopt.execute(paymentId, null);
    await this.note(id);
  }

  @Transaction()
  async note(id: Id): Promise<void> {
    const difference = await this.open(id);
    const { kind, paymentId = null, thereMinor } = difference;
    const payment = paymentId ? await this.em.findOne(Payment, { id: paymentId }) : null;
    const agrees = payment?.state === 'succeeded' && payment.receivedMinor === thereMinor;
    if (agrees) difference.settle('resolved', this.clock.now(), null);
    const details = { kind, paymentId, resolved: agrees };
    await this.audit.record({ action: 'gateway_difference.checked', subjectId: id, details });
  }

  private async open(id: Id): Promise<GatewayDifference> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const difference = await this.em.findOne(GatewayDifference, { id }, { lockMode });
    if (!difference) throw new DifferenceNotFound();
    if (difference.state !== 'open') throw new DifferenceSettled();
    return difference;
  }
}
