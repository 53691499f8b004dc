import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Rejected, Unknown } from '../../../../platform/ports/outcome.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { SavedMethodNotFound } from '../../domain/gateway-errors.js';
import { SavedMethod } from '../../domain/saved-method.js';
import type { Answer, SaveMethodOpened, SaveMethodStatus } from '../../ports/payment-gateway.js';
import type { Teller } from '../../use-cases/record-payment-outcome.js';

/** Notes what became of the saving of a method, once, whoever tells it and however often. */
@Injectable()
export class RecordSavedMethod {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** What the gateway answered when it was asked for its page. */
  @Transaction()
  async opened(methodId: Id, answer: SaveMethodOpened | Rejected | Unknown): Promise<void> {
    const method = await this.lock(methodId);
    const now = this.clock.now();
    if (answer.outcome === 'accepted') method.open(answer, now);
    else if (answer.outcome === 'unknown') method.later(now);
    else method.learn({ state: 'expired', ref: '' }, now);
  }

  /** What a webhook tells. One that does not come from where it is saved says nothing about it. @throws SavedMethodNotFound */
  @Transaction()
  async told(methodId: Id, by: Teller, status: SaveMethodStatus): Promise<void> {
    const { provider, accountRef } = await this.lock(methodId);
    if (provider !== by.provider || (accountRef ?? null) !== by.account) throw new SavedMethodNotFound();
    await this.execute(methodId, status);
  }

  @Transaction()
  async execute(methodId: Id, status: SaveMethodStatus): Promise<void> {
    const method = await this.lock(methodId);
    if (!method.learn(status, this.clock.now()) || method.state !== 'saved') return;
    const { studentId, provider } = method;
    await this.audit.record({ action: 'payment_method.saved', subjectId: methodId, details: { studentId, provider } });
  }

  /** What the gateway said to being told that a method is removed. */
  @Transaction()
  async detached(methodId: Id, answer: Answer<null>): Promise<void> {
    const method = await this.lock(methodId);
    if (answer.outcome === 'unknown') method.later(this.clock.now());
    else method.rest();
  }

  /** The gateway could not be asked: it will be asked again. */
  @Transaction()
  async unclear(methodId: Id): Promise<void> {
    (await this.lock(methodId)).later(this.clock.now());
  }

  private async lock(id: Id): Promise<SavedMethod> {
    const method = await this.em.findOne(SavedMethod, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (!method) throw new SavedMethodNotFound();
    return method;
  }
}
