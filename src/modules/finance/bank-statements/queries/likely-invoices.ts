import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import type { BankDoubt } from '../domain/bank-statement.js';
import { invoiceNumbersByPaymentId } from '../domain/fik.js';

/** What a line seems to be: an invoice for sure, or why not. */
export interface Likely {
  readonly invoiceId: Id | null;
  readonly doubt: BankDoubt | null;
}

const unsettled = sql<number>`gross_minor - paid_minor - credited_minor - written_off_minor`;
const largestNumber = 2_147_483_647;

/** Which invoice money is for, by the payment id or number in its text and by its amount. */
@Injectable()
export class LikelyInvoices {
  constructor(private readonly em: EntityManager) {}

  async of(text: string, amount: Money): Promise<Likely> {
    const byId = invoiceNumbersByPaymentId(text);
    const words = [...text.matchAll(/(?<!\d)\d{1,10}(?!\d)/g)].map(([digits]) => Number(digits));
    const numbers = byId.length > 0 ? byId : words.filter((number) => number > 0 && number <= largestNumber);
    const named = numbers.length > 0 ? await this.open(amount.currency).where('number', 'in', numbers).execute() : [];
    const exact = named.filter(({ outstanding }) => outstanding === amount.amount);
    if (exact.length === 1) return { invoiceId: exact[0]!.id, doubt: null };
    if (exact.length > 1) return { invoiceId: null, doubt: 'several' };
    if (named.length > 0) return { invoiceId: named[0]!.id, doubt: 'amount_differs' };
    const alike = await this.open(amount.currency).where(unsettled, '=', amount.amount).limit(2).execute();
    if (alike.length === 1) return { invoiceId: alike[0]!.id, doubt: 'amount_only' };
    return { invoiceId: null, doubt: alike.length > 1 ? 'several' : 'unknown' };
  }

  private open(currency: string) {
    return schoolQuery<Tables<typeof InvoiceSchema>>(this.em)
      .selectFrom('invoices')
      .select(['id', 'number'])
      .select(unsettled.as('outstanding'))
      .where('kind', '=', 'invoice')
      .where('state', '=', 'issued')
      .where('currency', '=', currency)
      .limit(50);
  }
}
