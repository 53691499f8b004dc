import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { DataExport, type DataExportState } from '../domain/privacy/data-export.js';
import { DataExportNotFound, DataExportNotReady } from '../domain/privacy/privacy-problems.js';
import { OwnStudents } from './own-students.js';

export interface DataExportView {
  readonly id: Id;
  readonly state: DataExportState;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

@Injectable()
export class DataExportReader {
  constructor(
    private readonly em: EntityManager,
    private readonly students: OwnStudents,
  ) {}

  /** @throws StudentNotFound, DataExportNotFound */
  async get(actor: Actor, studentId: Id, exportId: Id): Promise<DataExportView> {
    const { id, state, requestedAt, expiresAt } = await this.find(actor, studentId, exportId);
    return { id, state, requestedAt, expiresAt };
  }

  /** @throws StudentNotFound, DataExportNotFound, DataExportNotReady */
  async fileOf(actor: Actor, studentId: Id, exportId: Id): Promise<Id> {
    const { fileId } = await this.find(actor, studentId, exportId);
    if (!fileId) throw new DataExportNotReady();
    return fileId;
  }

  private async find(actor: Actor, studentId: Id, id: Id): Promise<DataExport> {
    await this.students.get(actor, studentId);
    const found = await this.em.findOne(DataExport, { id, studentId });
    if (!found) throw new DataExportNotFound();
    return found;
  }
}
