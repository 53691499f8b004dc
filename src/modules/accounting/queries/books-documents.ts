import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { AccountingTables } from '../accounting.tables.js';
import type { AccountWords } from '../domain/account-words.js';
import { type BookedSale, onAccounts, type SoldLine, totalOf } from '../domain/document-lines.js';
import type { AccountingRecord } from '../domain/record.js';
import type { BooksDocument } from '../ports/accounting-client.js';

type Wanted = Pick<AccountingRecord, 'kind' | 'reference' | 'subjectId' | 'occurredOn'>;

/** Invoices and credit notes as the books get them: their lines, on the accounts that the ledger booked them on. */
@Injectable()
export class BooksDocuments {
  constructor(private readonly em: EntityManager) {}

  /** Without whom it is for and what it credits: those are known once they are booked. @throws MappingMissing */
  async of(record: Wanted, words: AccountWords): Promise<Omit<BooksDocument, 'customer' | 'credits'>> {
    const id = record.subjectId as Id;
    const kind = record.kind as BooksDocument['kind'];
    const { dueOn, currency } = await this.invoice(id);
    const lines = onAccounts(await this.lines(id), await this.sales(id, kind));
    const total = totalOf(lines, currency);
    return {
      id,
      kind,
      number: record.reference,
      date: record.occurredOn,
      dueDate: dueOn < record.occurredOn ? record.occurredOn : dueOn,
      total,
      lines: lines.map((line) => ({
        text: line.text,
        quantity: line.quantity,
        net: Money.of(line.netMinor, currency),
        vat: Money.of(line.vatMinor, currency),
        account: words.account(line.code, line.productId, line.isRevenue),
        taxCode: words.taxCode(line.vatRateBp),
      })),
    };
  }

  /** The invoice that a credit note takes back. */
  async credited(creditNoteId: Id): Promise<Id | null> {
    return (await this.invoice(creditNoteId)).creditsInvoiceId;
  }

  private invoice(id: Id) {
    return this.db
      .selectFrom('invoices')
      .select(['due_on as dueOn', 'currency', 'credits_invoice_id as creditsInvoiceId'])
      .where('id', '=', bin(id))
      .executeTakeFirstOrThrow();
  }

  /** As people read them: a credit note's are positive too. */
  private async lines(invoiceId: Id): Promise<SoldLine[]> {
    const rows = await this.db
      .selectFrom('invoice_lines')
      .select(['description', 'quantity', 'vat_rate_bp', 'product_id', 'net_minor', 'vat_minor', 'gross_minor'])
      .where('invoice_id', '=', bin(invoiceId))
      .orderBy('position')
      .execute();
    const credits = rows.reduce((sum, { gross_minor: gross }) => sum + gross, 0) < 0 ? -1 : 1;
    return rows.map((row) => ({
      text: row.description,
      quantity: Math.abs(row.quantity),
      vatRateBp: row.vat_rate_bp,
      productId: row.product_id,
      netMinor: credits * row.net_minor,
      vatMinor: credits * row.vat_minor,
    }));
  }

  private async sales(invoiceId: Id, kind: BooksDocument['kind']): Promise<BookedSale[]> {
    const rows = await this.db
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
      .select(['ledger_transfers.amount_minor as minor', 'debited.student_id as debitStudentId'])
      .select(['debited.code as dCode', 'debited.kind as dKind', 'debited.vat_rate_bp as dRate'])
      .select(['debited.product_id as dProduct', 'debited.account_key as dKey', 'credited.account_key as cKey'])
      .select(['credited.code as cCode', 'credited.kind as cKind', 'credited.vat_rate_bp as cRate'])
      .select('credited.product_id as cProduct')
      .where('ledger_transfers.source', '=', kind)
      .where('ledger_transfers.source_id', '=', bin(invoiceId))
      .execute();
    const sign = kind === 'credit_note' ? -1 : 1;
    return rows
      .map((row) => {
        const onCredit = row.debitStudentId !== null;
        const side = onCredit
          ? { key: row.cKey, code: row.cCode, kind: row.cKind, rate: row.cRate, product: row.cProduct }
          : { key: row.dKey, code: row.dCode, kind: row.dKind, rate: row.dRate, product: row.dProduct };
        return {
          isVat: side.key.startsWith('output-vat/'),
          code: side.code,
          isRevenue: side.kind === 'revenue',
          vatRateBp: side.rate ?? 0,
          productId: side.product,
          minor: sign * (onCredit ? row.minor : -row.minor),
        };
      })
      .filter(({ isVat }) => !isVat);
  }

  private get db() {
    return schoolQuery<AccountingTables>(this.em);
  }
}
