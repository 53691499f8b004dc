import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { isCvr } from '../../../schools/index.js';
import { StudentDirectory } from '../../../students/index.js';
import {
  BillingDetails,
  type BillingDetailsSchema,
  billingDetailsView,
  type BillingDetailsView,
} from '../domain/billing-details.js';
import { isEan } from '../domain/ean.js';
import { InvalidBuyerCvr, InvalidEan } from '../domain/invoicing-problems.js';

/** The office says to whom a student's invoices are written. Those issued already keep what they say. */
@Injectable()
export class SetBillingDetails {
  constructor(
    readonly em: EntityManager,
    private readonly students: StudentDirectory,
    private readonly audit: Audit,
  ) {}

  /** @throws StudentNotFound */
  async read(studentId: Id): Promise<BillingDetailsView> {
    await this.students.get(studentId);
    return billingDetailsView(
      await this.em.fork({ keepTransactionContext: true }).findOne(BillingDetails, { studentId }),
    );
  }

  /** @throws StudentNotFound, InvalidBuyerCvr, InvalidEan */
  @Transaction()
  async execute(studentId: Id, change: BillingDetailsView): Promise<BillingDetailsView> {
    await this.students.get(studentId);
    if (change.cvr !== null && !isCvr(change.cvr)) throw new InvalidBuyerCvr();
    if (change.ean !== null && !isEan(change.ean)) throw new InvalidEan();
    const details = await this.locked(studentId);
    await assertAsSeen(() => this.read(studentId));
    const fields = changedFields(details, change);
    Object.assign(details, change);
    await this.em.flush();
    await this.audit.record({ action: 'student.billing_details_changed', subjectId: studentId, details: { fields } });
    return this.read(studentId);
  }

  /** A student of whom nothing has been said has no row, and what is not there cannot be locked. */
  private async locked(studentId: Id): Promise<BillingDetails> {
    await globalQuery<Tables<typeof BillingDetailsSchema>>(this.em)
      .insertInto('billing_details')
      .values({
        school_id: bin(currentSchool()),
        student_id: bin(studentId),
      })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    return this.em.findOneOrFail(BillingDetails, { studentId }, { lockMode });
  }
}
