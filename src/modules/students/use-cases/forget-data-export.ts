import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import type { Id } from '../../../platform/values/id.js';
import { DataExport } from '../domain/privacy/data-export.js';

/** Takes an export away, its file with it. */
@Injectable()
export class ForgetDataExport {
  constructor(
    readonly em: EntityManager,
    private readonly files: StoredFiles,
  ) {}

  @Transaction()
  async execute(exportId: Id): Promise<void> {
    const ordered = await this.em.findOne(DataExport, { id: exportId });
    if (!ordered) return;
    await this.em.remove(ordered).flush();
    if (ordered.fileId) await this.files.discard(ordered.fileId);
  }
}
