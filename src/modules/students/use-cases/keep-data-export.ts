import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import type { Id } from '../../../platform/values/id.js';
import { DataExport } from '../domain/privacy/data-export.js';

/** Gives a finished export its file. */
@Injectable()
export class KeepDataExport {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
  ) {}

  /** Of two that were made of one order, the first counts; of one that was erased meanwhile, none. */
  @Transaction()
  async execute(exportId: Id, fileId: Id): Promise<void> {
    const ordered = await this.em.findOne(DataExport, { id: exportId, state: 'being_made' });
    if (!ordered) return this.files.abandon(fileId);
    await this.files.keep(fileId);
    ordered.isReadyIn(fileId);
    await this.em.flush();
  }
}
