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
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { ChargeInInstalments, ChargeInPieces, ChargeNotOpen } from './errors.js';

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
    /** The teacher whose work it is, where there is one; fixed once it has been delivered. */
    earnedById: id().nullable(),
    state: code<ChargeState>(),
    invoiceId: id().nullable(),
    occurredAt: instant(),
    /** False while the school owes what it is for: invoiced before that, it is deferred and not yet revenue. */
    delivered: bool().default(true),
    /** When it will have been delivered; null when it has been, or somebody will say. */
    deliversAt: instant().nullable(),
    /** Which of the pieces into which instalments have cut it; 0 for the first, and for what is whole. */
    piece: int().defaultRaw('0'),
    /** Of a piece: its share of the VAT. Null: what the rate gives. */
    vatMinor: amount().nullable(),
    /** The instalment that it is to be invoiced with, or was. */
    instalmentId: id().nullable(),
    /** The voucher of its latest delivery, where an earlier one was taken back; else its own id is that. */
    deliveryId: id().nullable(),
    /** What it is for was cancelled: whatever becomes of it, it is never owed again. */
    cancelled: bool().default(false),
  },
  uniques: [
    { name: 'charges_school_id', properties: ['schoolId', 'id'] },
    { name: 'charges_source', properties: ['schoolId', 'source', 'sourceId', 'piece'] },
    { name: 'charges_delivery', properties: ['schoolId', 'deliveryId'] },
  ],
  indexes: [
    { name: 'charges_product', properties: ['schoolId', 'productId'] },
    { name: 'charges_earned_by', properties: ['schoolId', 'earnedById'] },
    { name: 'charges_student', properties: ['schoolId', 'studentId', 'state'] },
    { name: 'charges_invoice', properties: ['schoolId', 'invoiceId'] },
    { name: 'charges_student_age', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'charges_state_age', properties: ['schoolId', 'state', 'id'] },
    { name: 'charges_delivers_at', properties: ['deliversAt'] },
    { name: 'charges_instalment', properties: ['schoolId', 'instalmentId'] },
    { name: 'charges_undelivered', properties: ['schoolId', 'delivered', 'id'] },
  ],
});

export interface ChargePiece {
  readonly gross: Money;
  readonly vat: Money;
  /** At the end of its text: which part it is. */
  readonly note: string;
}

/** Something a student owes for, VAT included: open until it is put on an invoice or voided. */
export class Charge extends ChargeSchema.class {
  static of(row: InferEntity<typeof ChargeSchema>): Charge {
    return Object.assign(new Charge(), row);
  }

  get gross(): Money {
    return Money.of(this.grossMinor, this.currency);
  }

  /** Of a piece: its share of the whole's VAT, so that the pieces have that to the øre. */
  get vat(): Money | undefined {
    return typeof this.vatMinor === 'number' ? Money.of(this.vatMinor, this.currency) : undefined;
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

  /** Its price may be changed. @throws ChargeInInstalments | ChargeInPieces */
  assertWhole(): void {
    if (this.instalmentId) throw new ChargeInInstalments();
    if (this.vat) throw new ChargeInPieces();
  }

  /** A discount takes that part off, and the text says so. */
  reduce(part: Money, note: string): void {
    this.grossMinor -= part.amount;
    this.describe(note);
  }

  /** From now on it is this much of what it was; others are the rest. */
  becomePiece({ gross, vat, note }: ChargePiece): void {
    this.grossMinor = gross.amount;
    this.vatMinor = vat.amount;
    this.describe(note);
  }

  /** Another piece of the same, delivered with it. */
  another(pieceId: Id, piece: number, of: ChargePiece): Charge {
    const { gross: _gross, vat: _vat, auditDetails: _details, ...row } = this;
    const copy = Charge.of({ ...row, id: pieceId, piece, deliveryId: null });
    copy.becomePiece(of);
    return copy;
  }

  /** What reduce() did is undone. */
  restore(part: Money, note: string): void {
    this.grossMinor += part.amount;
    if (this.description.endsWith(note)) this.description = this.description.slice(0, -note.length);
  }

  /** The discount that voided it is undone; what was cancelled meanwhile stays voided. */
  reopen(deliversAt: Date | null): void {
    if (this.cancelled) return;
    this.state = 'open';
    this.deliversAt = deliversAt;
  }

  /** What it is for does not take place. @returns whether it was open, and is voided by that */
  cancel(): boolean {
    this.cancelled = true;
    if (this.state !== 'open') return false;
    this.void();
    return true;
  }

  /** Nothing is owed for it any more; when it was invoiced, a credit note says so too. */
  void(): void {
    this.state = 'voided';
    this.deliversAt = null;
  }

  /** The voucher that its delivery is posted as. */
  get deliveryVoucher(): Id {
    return this.deliveryId ?? this.id;
  }

  /** It was not delivered after all, and is to be at that time. The next delivery has a voucher of its own. @returns whether it had been */
  takeBackDelivery(deliversAt: Date): boolean {
    if (this.state === 'voided') return false;
    const was = this.delivered;
    this.delivered = false;
    this.deliversAt = deliversAt;
    this.earnedById = null;
    if (was) this.deliveryId = newId();
    return was;
  }

  /** What it is for has been delivered. @returns false when that was known already, or nothing is owed */
  deliver(): boolean {
    if (this.delivered || this.state === 'voided') return false;
    this.delivered = true;
    this.deliversAt = null;
    return true;
  }

  /** The rest of the text gives way where there is no room. */
  private describe(note: string): void {
    this.description = `${this.description.slice(0, 200 - note.length)}${note}`;
  }
}
ChargeSchema.setClass(Charge);
