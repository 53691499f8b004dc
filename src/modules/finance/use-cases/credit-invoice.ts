import { EntityManager } from '@mikro-orm/mysql';
import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { Charge } from '../domain/charge.js';
import { type CreditableLine, leftOf, vatOfPart, withinLimit } from '../domain/credit-part.js';
import {
  AmountNotPositive,
  CreditAboveLeft,
  InvoiceLineNotFound,
  InvoiceWrittenOff,
  InvoiceNotFound,
  NothingToCredit,
  WrongCurrency,
} from '../domain/errors.js';
import { InvoiceReduced } from '../domain/events.js';
import { InvoiceLine } from '../domain/invoice-line.js';
import { Invoice } from '../domain/invoice.js';
import { AllocatePayment } from './allocate-payment.js';
import { type InvoiceText, WriteInvoice } from './write-invoice.js';

export interface CreditScope {
  /** Only the lines of these charges; all that is left when absent. */
  readonly chargeIds?: readonly Id[];
  /** Only these lines, in whole or in part. */
  readonly lines?: readonly { readonly lineId: Id; readonly amount?: Money }[];
  /** No more than that, the first lines first. */
  readonly most?: Money;
  readonly reason?: string;
}

/** A line with what is to be credited of it. */
interface Part {
  readonly line: InvoiceLine;
  readonly standing: CreditableLine;
  readonly amount: Money;
}

/** Corrects an invoice by a credit note, in whole, by line or by amount. What was paid for that is the student's credit afterwards. */
@Injectable()
export class CreditInvoice {
  constructor(
    readonly em: EntityManager,
    private readonly writeInvoice: WriteInvoice,
    private readonly allocatePayment: AllocatePayment,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @returns the credit note's id
   * @throws InvoiceNotFound, InvoiceLineNotFound, NothingToCredit, CreditAboveLeft, WrongCurrency, AmountNotPositive
   */
  @Transaction()
  async execute(invoiceId: Id, scope: CreditScope = {}): Promise<Id> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const invoice = await this.em.findOne(Invoice, { id: invoiceId }, { lockMode, refresh: true });
    if (!invoice) throw new InvoiceNotFound();
    const parts = await this.partsOf(invoice, scope);
    const credited = Money.sum(
      parts.map(({ amount }) => amount),
      invoice.currency,
    );
    if (!credited.isPositive) throw invoice.writtenOffMinor > 0 ? new InvoiceWrittenOff() : new NothingToCredit();
    const freed = invoice.credit(credited);
    const noteId = newId();
    await this.allocatePayment.release(invoice.id, freed, { source: 'credit_note', sourceId: noteId });
    await this.voidCharges(parts);
    await this.outbox.record(new InvoiceReduced({ invoiceId }));
    await this.writeInvoice.execute({
      id: noteId,
      kind: 'credit_note',
      studentId: invoice.studentId,
      currency: invoice.currency,
      locale: invoice.locale,
      buyer: invoice.buyer,
      creditsInvoiceId: invoice.id,
      reason: scope.reason ?? null,
      lines: parts.map(creditLine),
    });
    return noteId;
  }

  /** What each line is to be credited with, never beyond what is left of it or of the invoice. */
  private async partsOf(invoice: Invoice, scope: CreditScope): Promise<Part[]> {
    if (invoice.kind === 'credit_note') return [];
    const lines = await this.linesOf(invoice);
    const asked = new Map((scope.lines ?? []).map(({ lineId, amount }) => [lineId, amount]));
    if ([...asked.keys()].some((id) => lines.every(({ line }) => line.id !== id))) throw new InvoiceLineNotFound();
    const parts = lines
      .filter(({ line }) => isWanted(line, scope))
      .map((part) => ({ ...part, amount: amountOf(part.standing, asked.get(part.line.id)) }));
    const amounts = parts.map(({ amount }) => amount);
    const total = Money.sum(amounts, invoice.currency);
    const isTooMuch = total.compare(invoice.creditable) > 0;
    if (isTooMuch && scope.lines?.some(({ amount }) => amount)) throw new CreditAboveLeft(invoice.creditable);
    const { most } = scope;
    const limit = most && most.compare(invoice.creditable) < 0 ? most : invoice.creditable;
    const kept = withinLimit(amounts, limit);
    return parts.map((part, index) => ({ ...part, amount: kept[index]! })).filter(({ amount }) => !amount.isZero);
  }

  private async linesOf({ id: invoiceId, currency }: Invoice): Promise<Omit<Part, 'amount'>[]> {
    const lines = await this.em.find(InvoiceLine, { invoiceId }, { orderBy: { position: 'asc' } });
    const takenBack = await this.em.find(InvoiceLine, { creditsLineId: { $in: lines.map(({ id }) => id) } });
    const money = (minor: number) => Money.of(minor, currency);
    return lines.map((line) => {
      const of = takenBack.filter(({ creditsLineId }) => creditsLineId === line.id);
      const credited = money(-of.reduce((sum, { grossMinor }) => sum + grossMinor, 0));
      const creditedVat = money(-of.reduce((sum, { vatMinor }) => sum + vatMinor, 0));
      return { line, standing: { gross: money(line.grossMinor), vat: money(line.vatMinor), credited, creditedVat } };
    });
  }

  /** A charge of which something is left stays what it is. */
  private async voidCharges(parts: readonly Part[]): Promise<void> {
    const whole = parts.filter(({ standing, amount }) => leftOf(standing).equals(amount));
    const ids = whole.flatMap(({ line }) => line.chargeId ?? []);
    for (const charge of await this.em.find(Charge, { id: { $in: ids } })) charge.void();
  }
}

function isWanted({ id, chargeId }: InvoiceLine, { chargeIds, lines }: CreditScope): boolean {
  if (!chargeIds && !lines) return true;
  return Boolean((chargeId && chargeIds?.includes(chargeId)) || lines?.some(({ lineId }) => lineId === id));
}

/** @param asked all that is left when undefined */
function amountOf(line: CreditableLine, asked: Money | undefined): Money {
  const left = leftOf(line);
  if (!asked) return left;
  if (asked.currency !== left.currency) throw new WrongCurrency(left.currency);
  if (!asked.isPositive) throw new AmountNotPositive('lines');
  if (asked.compare(left) > 0) throw new CreditAboveLeft(left.isPositive ? left : Money.of(0, left.currency));
  return asked;
}

function creditLine({ line, standing, amount }: Part): InvoiceText {
  const isWhole = amount.equals(standing.gross);
  return {
    chargeId: line.chargeId ?? null,
    creditsLineId: line.id,
    productId: line.productId ?? null,
    description: line.description,
    quantity: isWhole ? -line.quantity : -1,
    unitGross: isWhole ? Money.of(line.unitGrossMinor, amount.currency) : amount,
    vatRateBp: line.vatRateBp,
    vat: vatOfPart(standing, amount).negate(),
  };
}
