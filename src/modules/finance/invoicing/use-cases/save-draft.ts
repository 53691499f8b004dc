import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { StudentDirectory } from '../../../students/index.js';
import { Charge } from '../../domain/charge.js';
import { AmountNotPositive, ChargeNotFound, WrongCurrency } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import type { FreeLine } from '../../use-cases/issue-invoice.js';
import { DraftInvoice, DraftLine } from '../domain/draft-invoice.js';
import { DraftNotFound } from '../domain/invoicing-problems.js';
import { DraftReader } from '../queries/draft-reader.js';

export interface DraftContent {
  /** All open charges of the student when absent. */
  readonly chargeIds?: readonly Id[];
  readonly lines: readonly FreeLine[];
  readonly paymentTermsDays: number | null;
  readonly reference: string | null;
}

const nothingSaid = { chargeId: null, description: null, quantity: null, unitGrossMinor: null, vatRateBp: null };

/** Writes what an invoice is to say. A charge may stand on two drafts: whichever is issued first has it. */
@Injectable()
export class SaveDraft {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly drafts: DraftReader,
    private readonly audit: Audit,
  ) {}

  /** @returns the draft's id @throws StudentNotFound, ChargeNotFound, WrongCurrency, AmountNotPositive */
  @Transaction()
  async create({ id: createdBy }: Actor, studentId: Id, content: DraftContent): Promise<Id> {
    await this.students.get(studentId);
    const { currency } = await this.sellers.terms();
    const draft = this.em.create(DraftInvoice, {
      id: newId(),
      schoolId: currentSchool(),
      studentId,
      currency,
      createdBy,
      createdAt: this.clock.now(),
      paymentTermsDays: content.paymentTermsDays,
      reference: content.reference,
    });
    await this.em.flush();
    await this.write(draft, content);
    await this.audit.record({ action: 'invoice_draft.created', subjectId: draft.id, details: { studentId } });
    return draft.id;
  }

  /** @throws DraftNotFound, ChargeNotFound, WrongCurrency, AmountNotPositive */
  @Transaction()
  async update(draftId: Id, content: DraftContent): Promise<void> {
    const draft = await this.em.findOne(DraftInvoice, { id: draftId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!draft) throw new DraftNotFound();
    await assertAsSeen(() => this.drafts.get(draftId));
    draft.paymentTermsDays = content.paymentTermsDays;
    draft.reference = content.reference;
    await this.em.nativeDelete(DraftLine, { draftId });
    await this.write(draft, content);
    const details = { studentId: draft.studentId };
    await this.audit.record({ action: 'invoice_draft.updated', subjectId: draftId, details });
  }

  private async write(draft: DraftInvoice, { chargeIds, lines }: DraftContent): Promise<void> {
    const charges = await this.charges(draft, chargeIds);
    for (const { unitGross } of lines) {
      if (unitGross.currency !== draft.currency) throw new WrongCurrency(draft.currency);
      if (!unitGross.isPositive) throw new AmountNotPositive('lines');
    }
    const texts = [
      ...charges.map(({ id }) => ({ chargeId: id })),
      ...lines.map(({ unitGross, ...line }) => ({ ...line, unitGrossMinor: unitGross.amount })),
    ];
    texts.forEach((line, index) =>
      this.em.create(DraftLine, {
        ...nothingSaid,
        ...line,
        id: newId(),
        schoolId: draft.schoolId,
        draftId: draft.id,
        position: index + 1,
      }),
    );
    await this.em.flush();
  }

  /** Whether they are still open is asked when the draft is issued: until then others may invoice them. */
  private async charges({ studentId, currency }: DraftInvoice, chargeIds?: readonly Id[]): Promise<Charge[]> {
    const open = { studentId, state: 'open' as const, instalmentId: null };
    const wanted = chargeIds ? { studentId, id: { $in: [...chargeIds] } } : open;
    const charges = await this.em.find(Charge, wanted, { orderBy: { occurredAt: 'asc', id: 'asc' } });
    if (chargeIds && charges.length < new Set(chargeIds).size) throw new ChargeNotFound();
    if (charges.some((charge) => charge.currency !== currency)) throw new WrongCurrency(currency);
    return charges;
  }
}
