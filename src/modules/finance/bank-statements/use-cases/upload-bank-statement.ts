import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { type BankColumns, type BankRow, readBankFile } from '../domain/bank-csv.js';
import { BankLine, type BankLineSchema, BankStatement, BankStatementUploaded } from '../domain/bank-statement.js';

const rowsAtOnce = 500;

/** Takes in what the bank says came: lines of an earlier file are left out. A job matches the others. */
@Injectable()
export class UploadBankStatement {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sellers: SellerReader,
    private readonly audit: Audit,
  ) {}

  /** @returns the statement's id. @throws BankFileUnreadable, BankFileColumnsMissing, BankFileTooLong */
  async execute(actor: Pick<Actor, 'id'>, file: Buffer | undefined, columns: BankColumns): Promise<Id> {
    // Read to its end first, so that nothing is kept of a file that turns out to be none.
    const rows: BankRow[] = [];
    for await (const row of readBankFile(file ?? Buffer.alloc(0), columns)) rows.push(row);
    return this.keep(actor, rows);
  }

  @Transaction()
  protected async keep(actor: Pick<Actor, 'id'>, rows: readonly BankRow[]): Promise<Id> {
    const { currency } = await this.sellers.terms();
    const statement = new BankStatement();
    const createdAt = this.clock.now();
    const head = { id: newId(), schoolId: currentSchool(), readLines: rows.length, newLines: 0 };
    await this.em.persist(Object.assign(statement, head, { uploadedBy: actor.id, createdAt })).flush();
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      await this.insert(statement.id, currency, rows.slice(from, from + rowsAtOnce));
    statement.newLines = await this.em.count(BankLine, { statementId: statement.id });
    await this.em.flush();
    await this.outbox.record(new BankStatementUploaded({ statementId: statement.id }));
    const details = { lines: statement.readLines, newLines: statement.newLines };
    await this.audit.record({ action: 'bank_statement.uploaded', subjectId: statement.id, details });
    return statement.id;
  }

  private async insert(statementId: Id, currency: string, rows: readonly BankRow[]): Promise<void> {
    const values = rows.map(({ hash, bookedOn, amountMinor, text }) => ({
      id: bin(newId()),
      school_id: bin(currentSchool()),
      statement_id: bin(statementId),
      hash,
      booked_on: bookedOn,
      amount_minor: amountMinor,
      currency,
      text,
      state: 'new' as const,
      doubt: null,
      invoice_id: null,
      payment_id: null,
      reason: null,
      decided_by: null,
      decided_at: null,
    }));
    await globalQuery<Tables<typeof BankLineSchema>>(this.em)
      .insertInto('bank_lines')
      .values(values)
      .onDuplicateKeyUpdate({ hash: sql`bank_lines.hash` })
      .execute();
  }
}
