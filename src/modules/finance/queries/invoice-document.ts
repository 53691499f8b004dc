import { collectPdf } from '../../../platform/pdf/collect.js';
import { drawCode } from '../../../platform/pdf/draw-code.js';
import { drawLogo } from '../../../platform/pdf/draw-logo.js';
import { fontOf, printable, type Weight } from '../../../platform/pdf/fonts.js';
import { openPdf } from '../../../platform/pdf/open-pdf.js';
import { winAnsi } from '../../../platform/pdf/win-ansi.js';
import { Money } from '../../../platform/values/money.js';
import { giroLineOf } from '../bank-statements/domain/fik.js';
import { grandTotal, totalsByRate } from '../domain/invoice-totals.js';
import { invoiceWords, type InvoiceWords } from '../domain/invoice-words.js';
import type { InvoiceLine } from '../domain/invoice-line.js';
import type { Invoice } from '../domain/invoice.js';
import { dayOn, placeOf } from './paper-words.js';

export interface InvoicePaper {
  readonly invoice: Invoice;
  readonly number: number;
  readonly lines: readonly InvoiceLine[];
  /** The number of the invoice that a credit note credits. */
  readonly creditsNumber: number | null;
  /** Where it is paid; null when nothing is left to pay. */
  readonly payUrl: string | null;
  /** Of the school; null: none. */
  readonly logo: Buffer | null;
}

const left = 56;
const right = 539;
const bottom = 760;
const codeSize = 84;
const columns = [
  { x: left, width: 215, align: 'left' },
  { x: 276, width: 45, align: 'right' },
  { x: 326, width: 80, align: 'right' },
  { x: 411, width: 40, align: 'right' },
  { x: 456, width: right - 456, align: 'right' },
] as const;

/** Draws one invoice or credit note on A4. */
export class InvoiceDocument {
  private readonly words: InvoiceWords;
  private readonly locale: 'da' | 'en';
  private weight: Weight = 'regular';

  private constructor(
    private readonly paper: InvoicePaper,
    private readonly pdf: PDFKit.PDFDocument,
  ) {
    this.locale = paper.invoice.locale;
    this.words = invoiceWords[this.locale];
  }

  static async render(paper: InvoicePaper): Promise<Buffer> {
    const { locale: lang, issuedAt, seller } = paper.invoice;
    const info = { Title: titleOf(paper), Author: winAnsi(seller.name), CreationDate: issuedAt, ModDate: issuedAt };
    const pdf = await openPdf({ size: 'A4', margin: left, bufferPages: true, lang, info });
    return new InvoiceDocument(paper, pdf).draw();
  }

  private draw(): Promise<Buffer> {
    const done = collectPdf(this.pdf);
    this.head();
    this.lines();
    this.totals();
    this.payment();
    this.pageNumbers();
    this.pdf.end();
    return done;
  }

  private head(): void {
    const { seller, buyer, issuedOn, dueOn, kind, reason } = this.paper.invoice;
    this.bold(20).text(titleOf(this.paper), left, 56);
    const buyerEnd = this.block(left, 100, [
      buyer.name,
      buyer.addressLine,
      placeOf(buyer),
      buyer.cvr && `${this.words.cvr} ${buyer.cvr}`,
      buyer.ean && `${this.words.ean} ${buyer.ean}`,
      buyer.reference && `${this.words.reference}: ${buyer.reference}`,
      buyer.student && `${this.words.student}: ${buyer.student}`,
    ]);
    const logoEnd = drawLogo(this.pdf, this.paper.logo, { x: 330, y: 40, width: right - 330, height: 56 });
    const sellerEnd = this.block(330, Math.max(56, logoEnd + 8), [
      seller.name,
      seller.addressLine,
      placeOf(seller),
      seller.cvr && `${this.words.cvr} ${seller.cvr}`,
      seller.email,
      seller.phone,
    ]);
    const facts = [`${this.words.number}: ${this.paper.number}`, `${this.words.issued}: ${this.date(issuedOn)}`];
    if (kind === 'invoice') facts.push(`${this.words.due}: ${this.date(dueOn)}`);
    if (this.paper.creditsNumber) facts.push(this.words.credits(this.paper.creditsNumber));
    if (reason) facts.push(`${this.words.reason}: ${reason}`);
    this.pdf.y = Math.max(buyerEnd, this.block(330, sellerEnd + 20, facts)) + 30;
  }

  private lines(): void {
    this.lineHead();
    for (const line of this.paper.lines) {
      this.regular(10);
      const height = this.font(line.description).heightOfString(printable(line.description), {
        width: columns[0].width,
      });
      if (this.pdf.y + height > bottom) {
        this.pdf.addPage();
        this.lineHead();
      }
      this.regular(10).row([
        line.description,
        String(line.quantity),
        this.money(line.unitGrossMinor),
        this.percent(line.vatRateBp),
        this.money(line.grossMinor),
      ]);
    }
    this.rule();
  }

  private lineHead(): void {
    const { description, quantity, unitPrice, vatRate, amount } = this.words;
    this.bold(10).row([description, quantity, unitPrice, vatRate, amount]);
    this.rule();
  }

  private totals(): void {
    const { invoice, lines } = this.paper;
    const rates = totalsByRate(
      lines.map(({ quantity, unitGrossMinor, vatRateBp, vatMinor }) => ({
        quantity,
        unitGross: Money.of(unitGrossMinor, invoice.currency),
        vatRateBp,
        vat: Money.of(vatMinor, invoice.currency),
      })),
    );
    const { net, gross } = grandTotal(rates);
    if (this.pdf.y + 20 * (rates.length + 2) > bottom) this.pdf.addPage();
    this.regular(10).sum(this.words.net, net);
    for (const { vatRateBp, vat, net: base } of rates) {
      const basis = rates.length > 1 ? ` (${base.format(this.locale)})` : '';
      this.regular(10).sum(`${this.words.vatAt(this.percent(vatRateBp))}${basis}`, vat);
    }
    this.bold(11).sum(this.words.total, gross);
  }

  private payment(): void {
    const { invoice, number, payUrl } = this.paper;
    if (invoice.kind === 'credit_note') return;
    const { bankAccount, giroCreditor } = invoice.seller;
    const textWidth = right - left - codeSize - 20;
    if (this.pdf.y + codeSize + 40 > bottom) this.pdf.addPage();
    this.pdf.moveDown(2);
    const top = this.pdf.y;
    this.bold(10).text(this.words.toPay, left, top, textWidth);
    this.regular(10).text(this.words.payBy(this.date(invoice.dueOn)), left, this.pdf.y, textWidth);
    if (bankAccount) this.text(this.words.payTo(bankAccount, number), left, this.pdf.y, textWidth);
    if (giroCreditor) this.text(this.words.giro(giroLineOf(number, giroCreditor)), left, this.pdf.y, textWidth);
    if (!payUrl) return;
    this.text(this.words.payOnline, left, this.pdf.y + 4, textWidth);
    this.pdf.fillColor('#0b5fa5').text(payUrl, { width: textWidth, link: payUrl, underline: true }).fillColor('black');
    drawCode(this.pdf, payUrl, { x: right - codeSize, y: top, size: codeSize });
  }

  private pageNumbers(): void {
    const { count } = this.pdf.bufferedPageRange();
    if (count === 1) return;
    for (let page = 0; page < count; page++) {
      this.pdf.switchToPage(page);
      // Below the margin, where text would open another page.
      this.pdf.page.margins.bottom = 0;
      this.regular(8).text(this.words.page(page + 1, count), left, 800, right - left, 'right');
    }
  }

  /** Texts one under the other, long ones on as many lines as they need; where the last one ends. */
  private block(x: number, y: number, texts: readonly (string | null | undefined)[]): number {
    this.regular(10);
    let end = y;
    for (const text of texts) {
      if (!text) continue;
      this.text(text, x, end, x === left ? 250 : right - x);
      end = this.pdf.y + 2;
    }
    return end;
  }

  private row(cells: readonly string[]): void {
    const y = this.pdf.y;
    let end = y;
    cells.forEach((cell, index) => {
      const { x, width, align } = columns[index]!;
      this.text(cell, x, y, width, align);
      end = Math.max(end, this.pdf.y);
    });
    this.pdf.y = end + 4;
  }

  private sum(label: string, amount: Money): void {
    const y = this.pdf.y;
    this.text(label, 276, y, 175, 'right');
    this.text(amount.format(this.locale), 456, y, right - 456, 'right');
    this.pdf.y = y + 16;
  }

  private rule(): void {
    const y = this.pdf.y + 1;
    this.pdf.moveTo(left, y).lineTo(right, y).lineWidth(0.5).stroke();
    this.pdf.y = y + 6;
  }

  private text(text: string, x: number, y: number, width = right - x, align: 'left' | 'right' = 'left'): void {
    this.font(text).text(printable(text), x, y, { width, align });
  }

  private regular(size: number): this {
    return this.weigh('regular', size);
  }

  private bold(size: number): this {
    return this.weigh('bold', size);
  }

  private weigh(weight: Weight, size: number): this {
    this.weight = weight;
    this.pdf.font(fontOf('', weight)).fontSize(size);
    return this;
  }

  /** In letters that can show the text. */
  private font(text: string): PDFKit.PDFDocument {
    return this.pdf.font(fontOf(text, this.weight));
  }

  private money(minor: number): string {
    return Money.of(minor, this.paper.invoice.currency).format(this.locale);
  }

  private percent(basisPoints: number): string {
    return `${(basisPoints / 100).toLocaleString(this.locale === 'da' ? 'da-DK' : 'en-GB')} %`;
  }

  private date(date: string): string {
    return dayOn(date, this.locale);
  }
}

function titleOf({ invoice: { kind, locale }, number }: InvoicePaper): string {
  const words = invoiceWords[locale];
  return `${kind === 'invoice' ? words.invoice : words.creditNote} ${number}`;
}
