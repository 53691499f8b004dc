import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { GatewayDifference } from '../domain/gateway-books.js';
import { DifferenceNotFound, DifferenceSettled } from '../domain/reconciliation-errors.js';

/** A difference that is to be settled: its row is the lock, so that of two who settle it one does. */
@Injectable()
export class OpenDifference {
  constructor(private readonly em: EntityManager) {}

  /** Joins the caller's transaction. @throws DifferenceNotFound, DifferenceSettled */
  async lock(id: Id): Promise<GatewayDifference> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const difference = await this.em.findOne(GatewayDifference, { id }, { lockMode, refresh: true });
    if (!difference) throw new DifferenceNotFound();
    if (difference.state !== 'open') throw new DifferenceSettled();
    return difference;
  }
}
