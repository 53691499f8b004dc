import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import {
  amount,
  code,
  currency,
  id,
  instant,
  int,
  json,
  localDate,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import { Money } from '../../../platform/values/money.js';

export const invoiceKinds = ['invoice', 'credit_note'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

export const invoiceStates = ['issued', 'paid', 'credited', 'written_off'] as const;
export type InvoiceState = (typeof invoiceStates)[number];

/** Who sold, as the law wants it named, at the time of issue. */
export interface Seller {
  readonly name: string;
  readonly cvr: string | null;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly bankAccount: string | null;
  /** Left out on invoices from before giro lines. */
  readonly giroCreditor?: string | null;
}

/** Who bought, at the time of issue. */
export interface Buyer {
  readonly name: string;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly cvr?: string | null;
  /** The location number by which public buyers receive invoices. */
  readonly ean?: string | null;
  readonly reference?: string | null;
  /** Whose lessons they were, where somebody else pays. */
  readonly student?: string | null;
}

export const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'invoices',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    kind: code<InvoiceKind>(),
    /** Null only inside the transaction that issues it. */
    number: int().nullable(),
    studentId: id(),
    currency: currency(),
    netMinor: amount(),
    vatMinor: amount(),
    grossMinor: amount(),
    paidMinor: amount(),
    creditedMinor: amount(),
    /** What will never be paid. */
    writtenOffMinor: amount().defaultRaw('0'),
    state: code<InvoiceState>(),
    seller: json<Seller>(),
    buyer: json<Buyer>(),
    locale: text(5).$type<'da' | 'en'>(),
    issuedOn: localDate(),
    issuedAt: instant(),
    dueOn: localDate(),
    creditsInvoiceId: id().nullable(),
    /** Of a credit note: why. */
    reason: text(200).nullable(),
  },
  uniques: [
    { name: 'invoices_school_id', properties: ['schoolId', 'id'] },
    { name: 'invoices_number', properties: ['schoolId', 'number'] },
  ],
  indexes: [
    { name: 'invoices_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'invoices_state', properties: ['schoolId', 'state', 'id'] },
    { name: 'invoices_kind_age', properties: ['schoolId', 'kind', 'id'] },
    { name: 'invoices_credits', properties: ['schoolId', 'creditsInvoiceId'] },
    { name: 'invoices_due', properties: ['schoolId', 'dueOn', 'id'] },
    { name: 'invoices_state_due', properties: ['schoolId', 'state', 'dueOn', 'id'] },
  ],
});

/**
 * An invoice or a credit note (whose amounts are negative). What it says never changes, and the database holds it to that;
 * what has been paid and credited of it does, and always stays within its total.
 */
export class Invoice extends InvoiceSchema.class {
  static of(row: InferEntity<typeof InvoiceSchema>): Invoice {
    return Object.assign(new Invoice(), row);
  }

  get gross(): Money {
    return Money.of(this.grossMinor, this.currency);
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    const { number, studentId, creditsInvoiceId, gross } = this;
    return { number: number ?? null, studentId, creditsInvoiceId: creditsInvoiceId ?? null, ...gross.toJSON() };
  }

  /** What is still to be paid; never negative, and nothing for a credit note. */
  get outstanding(): Money {
    const minor = this.kind === 'credit_note' ? 0 : this.grossMinor - this.settledMinor;
    return Money.of(minor, this.currency);
  }

  /** How much may still be credited: what was written off is given up already. */
  get creditable(): Money {
    const minor = this.kind === 'credit_note' ? 0 : this.grossMinor - this.creditedMinor - this.writtenOffMinor;
    return Money.of(minor, this.currency);
  }

  /** Counts money that an allocation gives to this invoice, or takes from it when negative. */
  allocate(part: Money): void {
    this.paidMinor += part.amount;
    this.settle();
  }

  /**
   * Counts a credit note against this invoice.
   * @returns how much already paid is set free by it, and belongs to the student's account now
   */
  credit(part: Money): Money {
    this.creditedMinor += part.amount;
    const excess = Math.max(0, this.settledMinor - this.grossMinor);
    this.paidMinor -= excess;
    this.settle();
    return Money.of(excess, this.currency);
  }

  /** That much will never be paid; at most what is outstanding. */
  writeOff(part: Money): void {
    this.writtenOffMinor += part.amount;
    this.settle();
  }

  /** It may be paid after all. */
  reverseWriteOff(part: Money): void {
    this.writtenOffMinor -= part.amount;
    this.settle();
  }

  private get settledMinor(): number {
    return this.paidMinor + this.creditedMinor + this.writtenOffMinor;
  }

  private settle(): void {
    if (this.paidMinor < 0 || this.writtenOffMinor < 0 || this.settledMinor > this.grossMinor) {
      throw new RangeError('an invoice is never paid or credited beyond its total');
    }
    if (this.creditedMinor === this.grossMinor) this.state = 'credited';
    else if (!this.outstanding.isZero) this.state = 'issued';
    else this.state = this.writtenOffMinor > 0 ? 'written_off' : 'paid';
  }
}
InvoiceSchema.setClass(Invoice);
