import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { WrongCurrency } from '../../domain/errors.js';
import { CashMovement, CashSession, type MovementKind } from '../domain/cash-till.js';
import { NotSoMuchInTill, TillClosed } from '../domain/till-problems.js';

/** Which till cash goes through. Its session is locked before payments and invoices, so that no count misses anything. */
@Injectable()
export class CashDrawer {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** The till that he has opened, or the school's only open one; null where it cannot be told, and the cash is in no till. */
  async of(userId: Id): Promise<CashSession | null> {
    assertTransaction('CashDrawer.of()');
    const open = await this.em.find(CashSession, { openFor: { $ne: null } }, { orderBy: { id: 'desc' }, limit: 100 });
    const found = open.find(({ openedBy }) => openedBy === userId) ?? (open.length === 1 ? open[0] : undefined);
    if (!found) return null;
    const session = await this.lock(found.id);
    // Closed at this very moment: what comes now is not in its count.
    return session.isOpen ? session : null;
  }

  /** The open session of the till that a payment went into; null when it went into none. @throws TillClosed */
  async thatTook(paymentId: Id): Promise<CashSession | null> {
    assertTransaction('CashDrawer.thatTook()');
    const movement = await this.em.findOne(CashMovement, { kind: 'payment', subjectId: paymentId });
    if (!movement) return null;
    const { tillId } = await this.em.findOneOrFail(CashSession, { id: movement.sessionId });
    const open = await this.em.findOne(CashSession, { openFor: tillId });
    const session = open && (await this.lock(open.id));
    if (!session?.isOpen) throw new TillClosed();
    return session;
  }

  /** @param amount negative when it goes out */
  move(session: CashSession | null, kind: MovementKind, subjectId: Id, amount: Money): void {
    if (!session) return;
    this.em.create(CashMovement, {
      id: newId(),
      schoolId: currentSchool(),
      sessionId: session.id,
      kind,
      subjectId,
      amountMinor: amount.amount,
      createdAt: this.clock.now(),
    });
  }

  /** Nobody can take out more than should be in it; cash that is in no till is not counted. @throws WrongCurrency, NotSoMuchInTill */
  async checkHolds(session: CashSession | null, amount: Money): Promise<void> {
    if (!session) return;
    if (amount.currency !== session.currency) throw new WrongCurrency(session.currency);
    const expected = await this.expected(session);
    if (amount.compare(expected) > 0) throw new NotSoMuchInTill(expected);
  }

  /** What should be in a till whose session the caller has locked. */
  async expected(session: CashSession): Promise<Money> {
    const movements = await this.em.find(CashMovement, { sessionId: session.id });
    return movements.reduce(
      (total, { amountMinor }) => total.plus(Money.of(amountMinor, session.currency)),
      session.float,
    );
  }

  lock(id: Id): Promise<CashSession> {
    return this.em.findOneOrFail(CashSession, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  }
}
