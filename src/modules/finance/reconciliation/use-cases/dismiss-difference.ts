import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { DifferenceToPost } from '../domain/reconciliation-errors.js';
import { OpenDifference } from './open-difference.js';

/** Somebody has looked into a difference and says why it may stay. Nothing is posted by it. */
@Injectable()
export class DismissDifference {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly open: OpenDifference,
    private readonly audit: Audit,
  ) {}

  /** @throws DifferenceNotFound, DifferenceSettled, DifferenceToPost */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, id: Id, reason: string): Promise<void> {
    const difference = await this.open.lock(id);
    // Nothing but a posting lets clearing follow such a line.
    if (difference.kind === 'other_movement') throw new DifferenceToPost();
    difference.settle('dismissed', this.clock.now(), { id: actor.id, reason });
    const { kind, paymentId } = difference;
    const details = { kind, paymentId: paymentId ?? null };
    await this.audit.record({ action: 'gateway_difference.dismissed', subjectId: id, details });
  }
}
