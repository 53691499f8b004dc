import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { cash, cashDifferences } from '../../domain/account-plan.js';
import { WrongCurrency } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { CashSession } from '../domain/cash-till.js';
import { AmountNegative, CashSessionNotFound } from '../domain/till-problems.js';
import { CashDrawer } from './cash-drawer.js';

export interface TillCount {
  readonly counted: Money;
  readonly note: string | null;
}

/** Counts a till: what is too much or too little in it is booked as that. */
@Injectable()
export class CloseTill {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly drawer: CashDrawer,
    private readonly postTransfers: PostTransfers,
    private readonly audit: Audit,
  ) {}

  /** @throws CashSessionNotFound, TillClosed, WrongCurrency, AmountNegative */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, sessionId: Id, { counted, note }: TillCount): Promise<void> {
    if (!(await this.em.findOne(CashSession, { id: sessionId }))) throw new CashSessionNotFound();
    const session = await this.drawer.lock(sessionId);
    if (counted.currency !== session.currency) throw new WrongCurrency(session.currency);
    if (counted.amount < 0) throw new AmountNegative('counted');
    const expected = await this.drawer.expected(session);
    const over = session.close({ expected, counted, note }, actor.id, this.clock.now());
    const { zone } = await this.sellers.terms();
    const occurredOn = localDate(this.clock.now(), zone);
    const voucher = { source: 'cash_difference', sourceId: session.id, occurredOn } as const;
    await this.postTransfers.execute(voucher, [{ debit: cash(), credit: cashDifferences(), amount: over }]);
    await this.audit.record({ action: 'cash_session.closed', subjectId: session.id, details: session.auditDetails });
  }
}
