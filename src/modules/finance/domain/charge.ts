import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { ChargeNotOpen } from './errors.js';

/** What a charge is for; `sourceId` names the booking, or is made up for a manual one. */
export const chargeSources = [
  'booking',
  'course',
  'prepayment',
  'late_prepayment',
  'cancellation_fee',
  'no_show_fee',
  'package',
  'package_set_off',
  'reminder_fee',
  'manual',
] as const;
export type ChargeSource = (typeof chargeSources)[number];

export const chargeStates = ['open', 'invoiced', 'voided'] as const;
export type ChargeState = (typeof chargeStates)[number];

export const ChargeSchema = defineEntity({
  name: 'Charge',
  tableName: 'charges',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    source: code<ChargeSource>(),
    sourceId: id(),
    description: text(200),
    grossMinor: amount(),
    currency: currency(),
    vatRateBp: int(),
    /** What was sold, where the price list knows it. */
    productId: id().nullable(),
    state: code<ChargeState>(),
    invoiceId: id().nullable(),
    occurredAt: instant(),
    /** False while the school owes what it is for: invoiced before that, it is deferred and not yet revenue. */
    delivered: bool().default(true),
    /** When it will have been delivered; null when it has been, or somebody will say. */
    deliversAt: instant().nullable(),
  },
  uniques: [
    { name: 'charges_school_id', properties: ['schoolId', 'id'] },
    { name: 'charges_source', properties: ['schoolId', 'source', 'sourceId'] },
  ],
  indexes: [
    { name: 'charges_product', properties: ['schoolId', 'productId'] },
    { name: 'charges_student', properties: ['schoolId', 'studentId', 'state'] },
    { name: 'charges_invoice', properties: ['schoolId', 'invoiceId'] },
    { name: 'charges_student_age', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'charges_state_age', properties: ['schoolId', 'state', 'id'] },
    { name: 'charges_delivers_at', properties: ['deliversAt'] },
    { name: 'charges_undelivered', properties: ['schoolId', 'delivered', 'id'] },
  ],
});

/** Something a student owes for, VAT included: open until it is put on an invoice or voided. */
export class Charge extends ChargeSchema.class {
  static of(row: InferEntity<typeof ChargeSchema>): Charge {
    return Object.assign(new Charge(), row);
  }

  get gross(): Money {
    return Money.of(this.grossMinor, this.currency);
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    const { studentId, source, sourceId, gross } = this;
    return { studentId, source, sourceId, ...gross.toJSON() };
  }

  /** @throws ChargeNotOpen */
  putOn(invoiceId: Id): void {
    if (this.state !== 'open') throw new ChargeNotOpen();
    this.state = 'invoiced';
    this.invoiceId = invoiceId;
  }

  /** A discount takes that part off, and the text says so; the rest of the text gives way where there is no room. */
  reduce(part: Money, note: string): void {
    this.grossMinor -= part.amount;
    this.description = `${this.description.slice(0, 200 - note.length)}${note}`;
  }

  /** What reduce() did is undone. */
  restore(part: Money, note: string): void {
    this.grossMinor += part.amount;
    if (this.description.endsWith(note)) this.description = this.description.slice(0, -note.length);
  }

  /** What voided it is undone. */
  reopen(deliversAt: Date | null): void {
    this.state = 'open';
    this.deliversAt = deliversAt;
  }

  /** Nothing is owed for it any more; when it was invoiced, a credit note says so too. */
  void(): void {
    this.state = 'voided';
    this.deliversAt = null;
  }

  /** What it is for has been delivered. @returns false when that was known already, or nothing is owed */
  deliver(): boolean {
    if (this.delivered || this.state === 'voided') return false;
    this.delivered = true;
    this.deliversAt = null;
    return true;
  }
}
ChargeSchema.setClass(Charge);
