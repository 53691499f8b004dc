import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { AccountingTables } from '../accounting.tables.js';
import type { AccountWords } from '../domain/account-words.js';
import type { AccountingRecord } from '../domain/record.js';
import type { BooksPayment } from '../ports/accounting-client.js';

/** A document of ours, and how much of it is settled. */
export interface SettledDocument {
  readonly kind: 'invoice' | 'credit_note';
  readonly id: Id;
  readonly amount: Money;
}

type Wanted = Pick<
  AccountingRecord,
  'kind' | 'reference' | 'source' | 'subjectId' | 'studentId' | 'occurredOn' | 'amountMinor' | 'currency'
>;

/** Whatever moves what a student owes and is no document: payments, refunds, write-offs, disputes, and what takes them back. */
@Injectable()
export class BooksPayments {
  constructor(private readonly em: EntityManager) {}

  /** Without whom it is of and what it settles: those are known once they are booked. @throws MappingMissing */
  async of(record: Wanted, words: AccountWords): Promise<Omit<BooksPayment, 'customer' | 'settles'>> {
    return {
      id: record.subjectId as Id,
      kind: record.kind as BooksPayment['kind'],
      date: record.occurredOn,
      amount: Money.of(record.amountMinor, record.currency),
      account: words.account(await this.account(record)),
      reference: record.reference,
    };
  }

  /** What it settles of documents, by what it is allocated to now. */
  async settles(record: Wanted): Promise<SettledDocument[]> {
    const { source, currency } = record;
    const found = await this.found(record);
    let left = record.amountMinor;
    return found.flatMap(({ id, minor }) => {
      const part = Math.min(left, Number(minor));
      left -= Math.max(0, part);
      const kind = source === 'refund' ? ('credit_note' as const) : ('invoice' as const);
      return part > 0 ? [{ kind, id, amount: Money.of(part, currency) }] : [];
    });
  }

  private async found({ source, subjectId, amountMinor }: Wanted): Promise<{ id: Id; minor: number | string }[]> {
    const id = subjectId as Id;
    if (source === 'payment') return this.paid(id);
    if (source === 'refund') return this.freed(id);
    if (source !== 'write_off') return [];
    const query = schoolQuery<AccountingTables>(this.em).selectFrom('write_offs').select('invoice_id');
    const row = await query.where('id', '=', bin(id)).executeTakeFirst();
    return row ? [{ id: row.invoice_id, minor: amountMinor }] : [];
  }

  /** The invoices that a payment's money pays. */
  private paid(paymentId: Id): Promise<{ id: Id; minor: number | string }[]> {
    return schoolQuery<AccountingTables>(this.em)
      .selectFrom('payment_allocations')
      .select(['invoice_id as id', sql<string>`SUM(amount_minor)`.as('minor')])
      .where('payment_id', '=', bin(paymentId))
      .groupBy('invoice_id')
      .orderBy('invoice_id')
      .execute();
  }

  /** The credit notes that set free what a refund gives back. */
  private async freed(refundId: Id): Promise<{ id: Id; minor: number | string }[]> {
    const db = schoolQuery<AccountingTables>(this.em);
    const refund = await db
      .selectFrom('refunds')
      .select('payment_id')
      .where('id', '=', bin(refundId))
      .executeTakeFirst();
    if (!refund) return [];
    return db
      .selectFrom('payment_allocations')
      .select(['source_id as id', sql<string>`-SUM(amount_minor)`.as('minor')])
      .where('payment_id', '=', bin(refund.payment_id))
      .where('source', '=', 'credit_note')
      .groupBy('source_id')
      .orderBy('source_id')
      .execute();
  }

  /** Where the money lies, or went: the other side of what the student owes. */
  private async account({ source, subjectId }: Wanted): Promise<string> {
    const row = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('ledger_transfers')
      .innerJoin('ledger_accounts as debited', (join) =>
        join
          .onRef('debited.school_id', '=', 'ledger_transfers.school_id')
          .onRef('debited.id', '=', 'ledger_transfers.debit_account_id'),
      )
      .innerJoin('ledger_accounts as credited', (join) =>
        join
          .onRef('credited.school_id', '=', 'ledger_transfers.school_id')
          .onRef('credited.id', '=', 'ledger_transfers.credit_account_id'),
      )
      .select(['debited.code as debit', 'debited.student_id as debitStudentId', 'credited.code as credit'])
      .where('ledger_transfers.source', '=', source!)
      .where('ledger_transfers.source_id', '=', bin(subjectId as Id))
      .where((where) =>
        where.or([where('debited.student_id', 'is not', null), where('credited.student_id', 'is not', null)]),
      )
      .executeTakeFirstOrThrow();
    return row.debitStudentId ? row.credit : row.debit;
  }
}
