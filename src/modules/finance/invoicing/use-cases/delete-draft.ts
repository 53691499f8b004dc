import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { DraftInvoice, DraftLine } from '../domain/draft-invoice.js';
import { DraftNotFound } from '../domain/invoicing-problems.js';

/** Throws a draft away: it was in no ledger, and its charges stay open. */
@Injectable()
export class DeleteDraft {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** @throws DraftNotFound */
  @Transaction()
  async execute(draftId: Id): Promise<void> {
    const draft = await this.em.findOne(DraftInvoice, { id: draftId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!draft) throw new DraftNotFound();
    await this.em.nativeDelete(DraftLine, { draftId });
    await this.em.nativeDelete(DraftInvoice, { id: draftId });
    const details = { studentId: draft.studentId };
    await this.audit.record({ action: 'invoice_draft.deleted', subjectId: draftId, details });
  }
}
