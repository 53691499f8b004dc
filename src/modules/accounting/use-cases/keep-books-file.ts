import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Readable } from 'node:stream';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import { StoredFileSchema } from '../../../platform/files/stored-file.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { AccountingFileSchema } from '../domain/small-tables.js';
import type { AccountingTables } from '../accounting.tables.js';
import type { BooksConnection } from '../ports/accounting-client.js';
import { type BooksFile, type BooksFileKind, BooksFiles, type KeptFile } from '../ports/books-files.js';

/** In the school's file store (a folder or a bucket), each with its length and its SHA-256. */
@Injectable()
export class KeepBooksFile extends BooksFiles {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async keep(connection: BooksConnection, file: BooksFile): Promise<KeptFile> {
    const there = await this.named(connection, file.name);
    if (there) return there;
    const { name, mediaType, content } = file;
    const fileId = await this.files.receive({ name, mediaType, content });
    try {
      return await this.record(connection, file, fileId);
    } catch (error) {
      await this.files.abandon(fileId);
      const known = await this.named(connection, name);
      if (known) return known;
      throw error;
    }
  }

  override async find({ id }: BooksConnection, kind: BooksFileKind, reference: string): Promise<KeptFile | null> {
    const query = this.kept.where('connection_id', '=', bin(id)).where('kind', '=', kind);
    return (await query.where('reference', '=', reference).orderBy('id').executeTakeFirst()) ?? null;
  }

  override async open({ id: connectionId }: BooksConnection, id: Id): Promise<Readable> {
    const row = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_files')
      .select('file_id')
      .where('connection_id', '=', bin(connectionId))
      .where('id', '=', bin(id))
      .executeTakeFirstOrThrow();
    return this.files.contentOf(row.file_id!);
  }

  override async byId({ id: connectionId }: BooksConnection, id: Id) {
    const row = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_files')
      .select(['id', 'name', 'bytes', 'sha256', 'amount_minor', 'currency'])
      .where('connection_id', '=', bin(connectionId))
      .where('id', '=', bin(id))
      .executeTakeFirst();
    if (!row) return null;
    const { amount_minor: minor, currency, ...kept } = row;
    return { ...kept, amount: minor === null || !currency ? null : Money.of(minor, currency) };
  }

  override async totals({ id }: BooksConnection, from: LocalDate, to: LocalDate) {
    const rows = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_files')
      .select(['kind', 'currency', sql<number>`COUNT(*)`.as('count'), sql<string>`SUM(amount_minor)`.as('minor')])
      .where('connection_id', '=', bin(id))
      .where('kind', 'in', ['invoice', 'credit_note', 'payment', 'refund'])
      .where('occurred_on', '>=', from)
      .where('occurred_on', '<=', to)
      .groupBy(['kind', 'currency'])
      .execute();
    return rows.map(({ kind, currency, count, minor }) => ({
      kind,
      count,
      total: Money.of(Number(minor), currency ?? undefined),
    }));
  }

  @Transaction()
  private async record({ id: connectionId }: BooksConnection, file: BooksFile, fileId: Id): Promise<KeptFile> {
    await this.files.keep(fileId);
    const { bytes, sha256 } = await this.em.findOneOrFail(StoredFileSchema, { id: fileId });
    const kept = { id: newId(), name: file.name, bytes: bytes!, sha256: Buffer.from(sha256!).toString('hex') };
    await this.em.insert(AccountingFileSchema, {
      ...kept,
      schoolId: currentSchool(),
      connectionId,
      fileId,
      kind: file.kind,
      reference: file.reference,
      occurredOn: file.date,
      amountMinor: file.amount?.amount ?? null,
      currency: file.amount?.currency ?? null,
      createdAt: this.clock.now(),
    });
    return kept;
  }

  private async named({ id }: BooksConnection, name: string): Promise<KeptFile | null> {
    const query = this.kept.where('connection_id', '=', bin(id)).where('name', '=', name);
    return (await query.executeTakeFirst()) ?? null;
  }

  private get kept() {
    return schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_files')
      .select(['id', 'name', 'bytes', 'sha256']);
  }
}
