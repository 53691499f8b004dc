import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { GatewayDifference } from '../domain/gateway-books.js';
import { DifferenceNotFound, DifferenceSettled } from '../domain/reconciliation-errors.js';

/** Somebody has looked into a difference and says why it may stay. Nothing is posted by it. */
@Injectable()
export class DismissDifference {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws DifferenceNotFound, DifferenceSettled */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, id: Id, reason: string): Promise<void> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const difference = await this.em.findOne(GatewayDifference, { id }, { lockMode });
    if (!difference) throw new DifferenceNotFound();
    if (!difference.settle('dismissed', this.clock.now(), { id: actor.id, reason })) throw new DifferenceSettled();
    const { kind, paymentId } = difference;
    const details = { kind, paymentId: paymentId ?? null };
    await this.audit.record({ action: 'gateway_difference.dismissed', subjectId: id, details });
  }
}
