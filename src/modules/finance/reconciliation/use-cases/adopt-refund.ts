import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Payment } from '../../domain/payment.js';
import { Refund } from '../../domain/refund.js';
import { RecordRefundOutcome } from '../../use-cases/record-refund-outcome.js';
import { GatewayDifference, GatewayMovement } from '../domain/gateway-books.js';
import { DifferenceNotAdoptable } from '../domain/reconciliation-errors.js';
import { OpenDifference } from './open-difference.js';

/**
 * Makes a refund ours that somebody has made in the provider's own portal: it is posted, and takes the student's credit or opens
 * what the payment had paid. The gateway's line is the evidence, and is taken over once.
 */
@Injectable()
export class AdoptRefund {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly open: OpenDifference,
    private readonly outcomes: RecordRefundOutcome,
    private readonly audit: Audit,
  ) {}

  /** @throws DifferenceNotFound, DifferenceSettled, DifferenceNotAdoptable, RefundAboveReceived */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, id: Id, reason: string): Promise<void> {
    const difference = await this.open.lock(id);
    const [movement, payment] = await this.subject(difference);
    const given = Money.of(-movement.amountMinor, movement.currency);
    const now = this.clock.now();
    const refund = Refund.begin(payment, given, { by: actor.id, reason, movementId: movement.id }, now);
    this.em.persist(refund);
    await this.em.flush();
    await this.outcomes.execute(refund.id, { state: 'succeeded', ref: movement.sourceRef! });
    movement.refundId = refund.id;
    difference.settle('resolved', now, { id: actor.id, reason });
    const details = { paymentId: payment.id, refundId: refund.id, ...given.toJSON() };
    await this.audit.record({ action: 'gateway_difference.adopted', subjectId: id, details });
  }

  /** Of a refund that stands at the gateway, is known here by no refund that counts, and is about a payment of ours. */
  private async subject({
    kind,
    provider,
    subjectRef,
    paymentId,
  }: GatewayDifference): Promise<[GatewayMovement, Payment]> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const movement = await this.em.findOne(GatewayMovement, { provider, movementRef: subjectRef, kind: 'refund' });
    const payment = paymentId ? await this.em.findOne(Payment, { id: paymentId }, { lockMode, refresh: true }) : null;
    if (kind !== 'unknown_refund' || !movement?.sourceRef || payment?.state !== 'succeeded')
      throw new DifferenceNotAdoptable();
    const standing = { providerRef: movement.sourceRef, state: { $ne: 'failed' as const } };
    const isKnown = (await this.em.count(Refund, standing)) > 0;
    if (isKnown || movement.currency !== payment.currency) throw new DifferenceNotAdoptable();
    return [movement, payment];
  }
}
