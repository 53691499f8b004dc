import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { MethodsNotSupported } from '../../domain/gateway-errors.js';
import { nextCheck } from '../../domain/next-check.js';
import { SavedMethod } from '../../domain/saved-method.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import { ChooseGateway } from '../../use-cases/choose-gateway.js';

/** The words agreed to: a change of them is a new version. */
export const consentVersion = '2026-11';

/** Notes that somebody agrees to be charged without being asked each time, before the gateway is asked for its page. */
@Injectable()
export class BeginSavingMethod {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly gateways: PaymentGateways,
    private readonly chooseGateway: ChooseGateway,
    private readonly ownStudents: OwnStudents,
    private readonly audit: Audit,
  ) {}

  /** @returns the method's id @throws StudentNotFound, MethodsNotSupported */
  @Transaction()
  async execute(actor: Actor, studentId: Id): Promise<Id> {
    await this.ownStudents.get(actor, studentId);
    const { provider, accountRef } = await this.chooseGateway.read();
    if (!this.gateways.for(provider).supports.savedMethods) throw new MethodsNotSupported();
    const method = this.create(actor.id, studentId, provider, accountRef);
    const details = { studentId, provider, consentVersion };
    await this.audit.record({ action: 'payment_method.consented', subjectId: method.id, details });
    return method.id;
  }

  private create(by: Id, studentId: Id, provider: string, accountRef: string | null): SavedMethod {
    const now = this.clock.now();
    const method = SavedMethod.of({
      id: newId(),
      schoolId: currentSchool(),
      studentId,
      provider,
      accountRef,
      setupRef: null,
      setupUrl: null,
      customerRef: null,
      methodRef: null,
      state: 'opening',
      brand: null,
      last4: null,
      expMonth: null,
      expYear: null,
      consentVersion,
      consentedBy: by,
      createdAt: now,
      savedAt: null,
      removedAt: null,
      nextCheckAt: nextCheck(now, 1),
      checks: 0,
    });
    this.em.persist(method);
    return method;
  }
}
