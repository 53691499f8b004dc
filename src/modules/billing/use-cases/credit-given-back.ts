import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/mysql';
import { sql } from 'kysely';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { CreditInvoice, UseCredit } from '../../finance/index.js';
import type { BillingTables } from '../billing.tables.js';
import type { Bill } from '../ports/bill.js';

const reason = 'Færre pladser';
/** Two years of bills. */
const most = 24;

/**
 * What a bill gives back is credited, of the latest bills first; what the gateway has kept of one bill for others pays those that
 * it says are paid, in whatever order they come in.
 */
@Injectable()
export class CreditGivenBack {
  private readonly logger = new Logger(CreditGivenBack.name);

  constructor(
    private readonly em: EntityManager,
    private readonly creditInvoice: CreditInvoice,
    private readonly useCredit: UseCredit,
  ) {}

  /** Of a bill that has just been paid; in the seller's scope and the caller's transaction, which has locked the subscription. */
  async execute(subscriberId: Id, bill: Bill): Promise<void> {
    assertTransaction('what is given back');
    const rest = await this.credit(subscriberId, bill);
    if (rest.isPositive) this.logger.error({ bill: bill.ref, rest }, 'a bill gives back more than was sold');
    const open = await this.paidBills(subscriberId).where('invoices.state', '=', 'issued').execute();
    for (const { id } of open) await this.useCredit.onIssue(id);
  }

  /** @returns what could not be credited */
  private async credit(subscriberId: Id, bill: Bill): Promise<Money> {
    let rest = bill.total.negate();
    if (!rest.isPositive) return rest;
    for (const { id, left } of await this.soldBefore(subscriberId, bill)) {
      await this.creditInvoice.execute(id, { most: rest, reason });
      rest = rest.minus(rest.compare(left) < 0 ? rest : left);
      if (!rest.isPositive) break;
    }
    return rest;
  }

  /** Locked, with what may still be credited of each. */
  private async soldBefore(
    subscriberId: Id,
    { issuedAt, total: { currency } }: Bill,
  ): Promise<{ id: Id; left: Money }[]> {
    const left = sql<number>`gross_minor - credited_minor - written_off_minor`;
    const rows = await this.paidBills(subscriberId)
      .select(left.as('left'))
      .where('invoices.currency', '=', currency)
      .where('subscription_bills.issued_at', '<', issuedAt)
      .where(left, '>', 0)
      .forUpdate()
      .execute();
    return rows.map(({ id, left: minor }) => ({ id, left: Money.of(minor, currency) }));
  }

  /** The invoices of the latest. */
  private paidBills(subscriberId: Id) {
    return schoolQuery<BillingTables>(this.em)
      .selectFrom('subscription_bills')
      .innerJoin('invoices', (on) =>
        on
          .onRef('invoices.school_id', '=', 'subscription_bills.school_id')
          .onRef('invoices.id', '=', 'subscription_bills.invoice_id'),
      )
      .select('invoices.id')
      .where('subscriber_id', '=', bin(subscriberId))
      .where('subscription_bills.state', '=', 'paid')
      .orderBy('subscription_bills.issued_at', 'desc')
      .orderBy('subscription_bills.id', 'desc')
      .limit(most);
  }
}
