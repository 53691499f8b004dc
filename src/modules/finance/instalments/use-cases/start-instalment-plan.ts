import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { addDays } from '../../../../platform/values/zone.js';
import { Charge } from '../../domain/charge.js';
import { BuyerReader } from '../../queries/buyer-reader.js';
import type { Piece } from '../domain/cut-charges.js';
import { Instalment, InstalmentPlan } from '../domain/instalment-plan.js';
import { type DraftedPlan, PlanDraft, type PlanWish } from '../queries/plan-draft.js';
import { IssueInstalment } from './issue-instalment.js';

export interface PlanTerms {
  readonly issueDaysBefore: number;
  readonly autoCharge: boolean;
  readonly callInAfterMissed: number;
}

// As they stand on the invoice.
const words = { da: 'del', en: 'part' };

/** A student pays what he owes in parts: each charge goes to an instalment, in pieces where it stands on the border of two. */
@Injectable()
export class StartInstalmentPlan {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly drafts: PlanDraft,
    private readonly buyers: BuyerReader,
    private readonly issueInstalment: IssueInstalment,
    private readonly audit: Audit,
  ) {}

  /** What is due soon is invoiced at once. @returns the plan's id. @throws as PlanDraft.preview() */
  @Transaction()
  async execute(by: Actor, wish: PlanWish, terms: PlanTerms): Promise<Id> {
    const draft = await this.drafts.locked(wish);
    const plan = this.create(by, wish.studentId, draft, terms);
    await this.em.flush();
    const instalments = this.addInstalments(plan, draft);
    await this.em.flush();
    const { locale } = await this.buyers.of(wish.studentId);
    for (const charge of draft.charges) {
      const own = draft.pieces.filter(({ chargeId }) => chargeId === charge.id);
      await this.assign(charge, own, instalments, words[locale]);
    }
    await this.em.flush();
    const { studentId, autoCharge } = plan;
    const details = { studentId, instalments: instalments.length, autoCharge, ...draft.total.toJSON() };
    await this.audit.record({ action: 'instalment_plan.started', subjectId: plan.id, details });
    for (const { id } of instalments) await this.issueInstalment.execute(id);
    return plan.id;
  }

  private create(by: Actor, studentId: Id, { total }: DraftedPlan, terms: PlanTerms): InstalmentPlan {
    return this.em.create(InstalmentPlan, {
      id: newId(),
      schoolId: currentSchool(),
      studentId,
      totalMinor: total.amount,
      currency: total.currency,
      ...terms,
      state: 'active',
      restInvoiceId: null,
      createdBy: by.id,
      createdAt: this.clock.now(),
      endedAt: null,
    });
  }

  private addInstalments({ id: planId, schoolId, issueDaysBefore }: InstalmentPlan, draft: DraftedPlan): Instalment[] {
    return draft.instalments.map(({ amount, dueOn }, index) =>
      this.em.create(Instalment, {
        id: newId(),
        schoolId,
        planId,
        position: index + 1,
        amountMinor: amount.amount,
        dueOn,
        state: 'planned',
        invoiceId: null,
        issueOn: addDays(dueOn, -issueDaysBefore),
        nextChargeOn: null,
        chargeAttempts: 0,
      }),
    );
  }

  /** What it is for goes on naming it, also the other pieces. */
  private async assign(charge: Charge, pieces: readonly Piece[], instalments: readonly Instalment[], word: string) {
    const [first, ...others] = pieces.map(({ gross, vat, instalment }, index) => {
      const note = `, ${word} ${index + 1}/${pieces.length}`;
      return { piece: { gross, vat, note }, instalmentId: instalments[instalment]!.id };
    });
    if (others.length > 0) {
      const { source, sourceId } = charge;
      const taken = await this.em.count(Charge, { source, sourceId });
      for (const [index, { piece, instalmentId }] of others.entries()) {
        const another = charge.another(newId(), taken + index, piece);
        another.instalmentId = instalmentId;
        this.em.persist(another);
      }
      charge.becomePiece(first!.piece);
    }
    charge.instalmentId = first!.instalmentId;
  }
}
