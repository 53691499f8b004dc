import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { SavedMethodNotFound } from '../../domain/gateway-errors.js';
import { SavedMethod } from '../../domain/saved-method.js';

/** Takes the consent back: from now on the card is charged no more. A job tells the gateway. */
@Injectable()
export class RemoveMethod {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly ownStudents: OwnStudents,
    private readonly audit: Audit,
  ) {}

  /** Removing what was removed before does nothing. @throws StudentNotFound, SavedMethodNotFound */
  @Transaction()
  async execute(actor: Actor, studentId: Id, methodId: Id): Promise<void> {
    await this.ownStudents.get(actor, studentId);
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const method = await this.em.findOne(SavedMethod, { id: methodId, studentId }, { lockMode });
    if (!method) throw new SavedMethodNotFound();
    if (!method.remove(this.clock.now())) return;
    await this.audit.record({ action: 'payment_method.removed', subjectId: methodId, details: { studentId } });
  }
}
