import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, StreamableFile } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import type { Id } from '../../../platform/values/id.js';
import { AccountingFileNotFound } from '../domain/accounting-problems.js';
import { AccountingFileSchema } from '../domain/small-tables.js';

/** A file for whoever takes it away; that he did is written down before he gets the first byte. */
@Injectable()
export class DownloadBooksFile {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
    private readonly audit: Audit,
  ) {}

  /** @throws AccountingFileNotFound, FileStoreUnavailable */
  async execute(id: Id): Promise<StreamableFile> {
    const file = await this.files.open(await this.writeDown(id));
    if (!file) throw new AccountingFileNotFound();
    const { name, mediaType, bytes, content } = file;
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(content, { type: mediaType, length: bytes, disposition });
  }

  @Transaction()
  private async writeDown(id: Id): Promise<Id> {
    const row = await this.em.findOne(AccountingFileSchema, { id });
    if (!row?.fileId) throw new AccountingFileNotFound();
    await this.audit.record({ action: 'accounting_file.downloaded', subjectId: id, details: { name: row.name } });
    return row.fileId;
  }
}
