import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../platform/database/list.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import { acrossSchools, currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { BillingTables } from '../billing.tables.js';
import type { BillState } from '../domain/subscription-state.js';

export interface BillView {
  readonly id: Id;
  readonly state: BillState;
  readonly total: Money;
  readonly issuedAt: Date;
  readonly paidAt: Date | null;
  /** Where it can be paid; null when there is nothing to pay. */
  readonly url: string | null;
  readonly attempts: number;
  /** Of the platform's invoice; null while there is none. */
  readonly invoiceNumber: number | null;
}

export const billList = new List({
  id: 'subscription_bills.id',
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
});

/** What the current school was billed: rows of the seller's, of which it sees its own. */
@Injectable()
export class BillReader {
  constructor(private readonly em: EntityManager) {}

  list(asked: Asked<typeof billList>): Promise<Page<BillView>> {
    const subscriber = currentSchool();
    return acrossSchools('a school’s bills lie with the seller', async () => {
      const rows = this.bills.where('subscriber_id', '=', bin(subscriber));
      return mapPage(await billList.page(rows, asked), view);
    });
  }

  /** Where the current school pays what it owes; null when nothing waits to be paid. */
  payLink(): Promise<string | null> {
    const subscriber = currentSchool();
    return acrossSchools('a school’s bills lie with the seller', async () => {
      const open = this.bills
        .where('subscriber_id', '=', bin(subscriber))
        .where('subscription_bills.state', '=', 'open');
      return (await open.orderBy('subscription_bills.id', 'desc').executeTakeFirst())?.url ?? null;
    });
  }

  private get bills() {
    return globalQuery<BillingTables>(this.em)
      .selectFrom('subscription_bills')
      .leftJoin('invoices', (join) =>
        join
          .onRef('invoices.school_id', '=', 'subscription_bills.school_id')
          .onRef('invoices.id', '=', 'subscription_bills.invoice_id'),
      )
      .select(['subscription_bills.id', 'subscription_bills.state', 'total_minor', 'subscription_bills.currency'])
      .select(['subscription_bills.issued_at as issuedAt', 'paid_at as paidAt', 'url', 'attempts'])
      .select('invoices.number as invoiceNumber');
  }
}

function view({
  total_minor: total,
  currency,
  url,
  ...bill
}: Omit<BillView, 'total'> & { total_minor: number; currency: string }): BillView {
  return { ...bill, total: Money.of(total, currency), url: bill.state === 'open' ? url : null };
}
