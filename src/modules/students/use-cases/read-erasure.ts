import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { ErasureReader, type ErasureView } from '../queries/erasure-reader.js';

/** Shows how far an erasure is, and whose the lessons were for as long as the law wants that known: so it is written down. */
@Injectable()
export class ReadErasure {
  constructor(
    readonly em: EntityManager,
    private readonly reader: ErasureReader,
    private readonly audit: Audit,
  ) {}

  /** @throws ErasureNotFound */
  @Transaction()
  async execute(studentId: Id): Promise<ErasureView> {
    const erasure = await this.reader.of(studentId);
    if (erasure.identity) await this.audit.record({ action: 'student.kept_identity_read', subjectId: studentId });
    return erasure;
  }
}
