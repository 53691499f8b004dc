import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { bank, cash } from '../../domain/account-plan.js';
import { AmountNotPositive } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { CashSession } from '../domain/cash-till.js';
import { CashSessionNotFound, TillClosed } from '../domain/till-problems.js';
import { CashDrawer } from './cash-drawer.js';

/** Takes money out of an open till and to the bank. */
@Injectable()
export class BankCash {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly drawer: CashDrawer,
    private readonly postTransfers: PostTransfers,
    private readonly audit: Audit,
  ) {}

  /** @throws CashSessionNotFound, TillClosed, WrongCurrency, AmountNotPositive, NotSoMuchInTill */
  @Transaction()
  async execute(sessionId: Id, amount: Money): Promise<void> {
    if (!(await this.em.findOne(CashSession, { id: sessionId }))) throw new CashSessionNotFound();
    const session = await this.drawer.lock(sessionId);
    if (!session.isOpen) throw new TillClosed();
    if (!amount.isPositive) throw new AmountNotPositive('amount');
    await this.drawer.checkHolds(session, amount);
    const voucherId = newId();
    this.drawer.move(session, 'banked', voucherId, amount.negate());
    const { zone } = await this.sellers.terms();
    const occurredOn = localDate(this.clock.now(), zone);
    const voucher = { source: 'cash_banked', sourceId: voucherId, occurredOn } as const;
    await this.postTransfers.execute(voucher, [{ debit: bank(), credit: cash(), amount }]);
    const details = { ...session.auditDetails, ...amount.toJSON() };
    await this.audit.record({ action: 'cash_session.banked', subjectId: session.id, details });
  }
}
