import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { InvoiceLine } from '../domain/invoice-line.js';
import { totalsByRate, type RateTotal } from '../domain/invoice-totals.js';
import type { Buyer, Invoice, InvoiceKind, InvoiceState, Seller } from '../domain/invoice.js';

export interface InvoiceSummary {
  readonly id: Id;
  readonly kind: InvoiceKind;
  readonly number: number;
  readonly studentId: Id;
  readonly state: InvoiceState;
  readonly gross: Money;
  readonly outstanding: Money;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly creditsInvoiceId: Id | null;
}

export interface InvoiceLineView {
  readonly id: Id;
  readonly chargeId: Id | null;
  readonly description: string;
  readonly quantity: number;
  readonly unitGross: Money;
  readonly vatRateBp: number;
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

export interface InvoiceDetails extends InvoiceSummary {
  readonly net: Money;
  readonly vat: Money;
  readonly paid: Money;
  readonly credited: Money;
  readonly writtenOff: Money;
  readonly issuedAt: Date;
  readonly reason: string | null;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly lines: readonly InvoiceLineView[];
  readonly vatByRate: readonly RateTotal[];
}

/** @param invoice one that has its number */
export function detailsOf(invoice: Invoice, lines: readonly InvoiceLine[]): InvoiceDetails {
  const money = (minor: number) => Money.of(minor, invoice.currency);
  const views = lines.map((line) => lineView(line, invoice.currency));
  return {
    id: invoice.id,
    kind: invoice.kind,
    number: invoice.number!,
    studentId: invoice.studentId,
    state: invoice.state,
    gross: invoice.gross,
    outstanding: invoice.outstanding,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    creditsInvoiceId: invoice.creditsInvoiceId ?? null,
    net: money(invoice.netMinor),
    vat: money(invoice.vatMinor),
    paid: money(invoice.paidMinor),
    credited: money(invoice.creditedMinor),
    writtenOff: money(invoice.writtenOffMinor),
    issuedAt: invoice.issuedAt,
    reason: invoice.reason ?? null,
    seller: { giroCreditor: null, ...invoice.seller },
    buyer: buyerView(invoice.buyer),
    lines: views,
    vatByRate: totalsByRate(views),
  };
}

/** Invoices of before say less of their buyers. */
function buyerView({ cvr = null, ean = null, reference = null, student = null, ...buyer }: Buyer): Required<Buyer> {
  return { ...buyer, cvr, ean, reference, student };
}

function lineView(line: InvoiceLine, currency: string): InvoiceLineView {
  const { id, description, quantity, vatRateBp } = line;
  const money = (minor: number) => Money.of(minor, currency);
  return {
    id,
    chargeId: line.chargeId ?? null,
    description,
    quantity,
    unitGross: money(line.unitGrossMinor),
    vatRateBp,
    net: money(line.netMinor),
    vat: money(line.vatMinor),
    gross: money(line.grossMinor),
  };
}
