import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { WrongCurrency } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { CashSession, CashTill } from '../domain/cash-till.js';
import { AmountNegative, CashTillNotFound, TillAlreadyOpen } from '../domain/till-problems.js';

/** Opens a till with the money that lies in it. */
@Injectable()
export class OpenTill {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly audit: Audit,
  ) {}

  /** @returns the session's id. @throws CashTillNotFound, TillAlreadyOpen, WrongCurrency, AmountNegative */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, tillId: Id, float: Money): Promise<Id> {
    const { currency } = await this.sellers.terms();
    if (float.currency !== currency) throw new WrongCurrency(currency);
    if (float.amount < 0) throw new AmountNegative('float');
    // Of two who open at once, the second sees what the first has done.
    const till = await this.em.findOne(CashTill, { id: tillId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!till) throw new CashTillNotFound();
    if (await this.em.findOne(CashSession, { openFor: tillId })) throw new TillAlreadyOpen();
    const session = this.create(actor, tillId, float);
    await this.em.flush();
    await this.audit.record({ action: 'cash_session.opened', subjectId: session.id, details: session.auditDetails });
    return session.id;
  }

  private create({ id: openedBy }: Pick<Actor, 'id'>, tillId: Id, float: Money): CashSession {
    const session = CashSession.of({
      id: newId(),
      schoolId: currentSchool(),
      tillId,
      openFor: tillId,
      currency: float.currency,
      floatMinor: float.amount,
      expectedMinor: null,
      countedMinor: null,
      note: null,
      openedBy,
      openedAt: this.clock.now(),
      closedBy: null,
      closedAt: null,
    });
    this.em.persist(session);
    return session;
  }
}
