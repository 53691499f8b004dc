import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { type FileLink, FileLinks } from '../../../platform/files/file-links.js';
import type { Id } from '../../../platform/values/id.js';
import { DataExportReader } from '../queries/data-export-reader.js';

/** Gives a private link to a finished export. */
@Injectable()
export class OpenDataExport {
  constructor(
    readonly em: EntityManager,
    private readonly reader: DataExportReader,
    private readonly links: FileLinks,
    private readonly audit: Audit,
  ) {}

  /** @throws StudentNotFound, DataExportNotFound, DataExportNotReady */
  @Transaction()
  async execute(actor: Actor, studentId: Id, exportId: Id): Promise<FileLink> {
    const fileId = await this.reader.fileOf(actor, studentId, exportId);
    await this.audit.record({ action: 'student.data_export_opened', subjectId: studentId, details: { exportId } });
    return this.links.issue(fileId);
  }
}
