import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import { amount, currency, id, instant, schoolScoped, text } from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';

export const WriteOffSchema = defineEntity({
  name: 'WriteOff',
  tableName: 'write_offs',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    invoiceId: id(),
    studentId: id(),
    amountMinor: amount(),
    currency: currency(),
    reason: text(500),
    writtenOffBy: id(),
    writtenOffAt: instant(),
    reversedBy: id().nullable(),
    reversedAt: instant().nullable(),
    reverseReason: text(500).nullable(),
  },
  uniques: [{ name: 'write_offs_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'write_offs_invoice', properties: ['schoolId', 'invoiceId', 'id'] },
    { name: 'write_offs_student', properties: ['schoolId', 'studentId', 'id'] },
  ],
});

/** What a student will never pay of an invoice; reversed when he does after all. */
export class WriteOff extends WriteOffSchema.class {
  static of(row: InferEntity<typeof WriteOffSchema>): WriteOff {
    return Object.assign(new WriteOff(), row);
  }

  get amount(): Money {
    return Money.of(this.amountMinor, this.currency);
  }

  get stands(): boolean {
    return !this.reversedAt;
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    return { invoiceId: this.invoiceId, studentId: this.studentId, ...this.amount.toJSON() };
  }

  reverse(by: Id, at: Date, reason: string): void {
    this.reversedBy = by;
    this.reversedAt = at;
    this.reverseReason = reason;
  }
}
WriteOffSchema.setClass(WriteOff);
