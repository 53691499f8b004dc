import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { type FreeLine, IssueInvoice } from '../../use-cases/issue-invoice.js';
import { DraftInvoice, DraftLine } from '../domain/draft-invoice.js';
import { DraftIsEmpty, DraftNotFound } from '../domain/invoicing-problems.js';

/** Makes an invoice of a draft, once: whoever comes second finds no draft any more. */
@Injectable()
export class IssueDraft {
  constructor(
    readonly em: EntityManager,
    private readonly issueInvoice: IssueInvoice,
    private readonly audit: Audit,
  ) {}

  /** @returns the invoice's id @throws DraftNotFound, DraftIsEmpty, ChargeNotOpen, ChargeInInstalments */
  @Transaction()
  async execute(draftId: Id): Promise<Id> {
    const draft = await this.em.findOne(DraftInvoice, { id: draftId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!draft) throw new DraftNotFound();
    const { studentId, paymentTermsDays, reference } = draft;
    const lines = await this.em.find(DraftLine, { draftId }, { orderBy: { position: 'asc' } });
    if (lines.length === 0) throw new DraftIsEmpty();
    await this.em.nativeDelete(DraftLine, { draftId });
    await this.em.nativeDelete(DraftInvoice, { id: draftId });
    const invoiceId = await this.issueInvoice.execute({
      studentId,
      chargeIds: lines.flatMap(({ chargeId }) => chargeId ?? []),
      freeLines: lines.filter(({ chargeId }) => !chargeId).map((line) => freeLine(line, draft.currency)),
      paymentTermsDays: paymentTermsDays ?? null,
      reference: reference ?? null,
    });
    await this.audit.record({ action: 'invoice_draft.issued', subjectId: draftId, details: { studentId, invoiceId } });
    return invoiceId;
  }
}

function freeLine({ description, quantity, unitGrossMinor, vatRateBp }: DraftLine, currency: string): FreeLine {
  return {
    description: description!,
    quantity: quantity!,
    unitGross: Money.of(unitGrossMinor!, currency),
    vatRateBp: vatRateBp!,
  };
}
