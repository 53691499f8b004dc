import { drawLogo } from '../../../../platform/pdf/draw-logo.js';
import { fontOf, printable, type Weight } from '../../../../platform/pdf/fonts.js';
import { openPdf } from '../../../../platform/pdf/open-pdf.js';
import { winAnsi } from '../../../../platform/pdf/win-ansi.js';
import type { Money } from '../../../../platform/values/money.js';
import type { Buyer, Seller } from '../../domain/invoice.js';
import { dayOn, placeOf } from '../../queries/paper-words.js';
import { statementWords } from '../domain/statement-words.js';
import type { StatementEntry } from './statement-reader.js';

export interface StatementPaper {
  readonly seller: Seller;
  /** Whose account it is. */
  readonly holder: Pick<Buyer, 'name' | 'addressLine' | 'postcode' | 'city'>;
  readonly language: 'da' | 'en';
  /** The school's date. */
  readonly today: string;
  readonly from?: string;
  readonly until?: string;
  readonly logo: Buffer | null;
}

const left = 56;
const right = 539;
const bottom = 770;
const columns = [
  { x: left, width: 70, align: 'left' },
  { x: 130, width: 205, align: 'left' },
  { x: 340, width: 95, align: 'right' },
  { x: 440, width: right - 440, align: 'right' },
] as const;

/** Writes a statement of account on A4, row by row: a page that is full has left memory for whoever reads the stream. */
export class StatementDocument {
  private readonly words;
  private weight: Weight = 'regular';
  private pages = 0;

  private constructor(
    private readonly paper: StatementPaper,
    readonly pdf: PDFKit.PDFDocument,
  ) {
    this.words = statementWords[paper.language];
    this.page();
  }

  static async open(paper: StatementPaper): Promise<StatementDocument> {
    const { language: lang, seller } = paper;
    const info = { Title: statementWords[lang].title, Author: winAnsi(seller.name) };
    return new StatementDocument(paper, await openPdf({ size: 'A4', margin: left, lang, info, autoFirstPage: false }));
  }

  opening(balance: Money): void {
    this.row(['', this.words.opening, '', this.money(balance)]);
  }

  entry({ on, kind, number, amount, balance }: StatementEntry): void {
    const what = number === null ? this.words.kinds[kind] : `${this.words.kinds[kind]} ${number}`;
    this.row([this.day(on), what, this.money(amount), this.money(balance)]);
  }

  end(balance: Money): void {
    this.rule();
    this.face('bold', 10).row(['', this.words.closing, '', this.money(balance)]);
    this.pdf.end();
  }

  private page(): void {
    this.pdf.addPage();
    this.pages += 1;
    // The number stands below the margin, where text would open another page.
    this.pdf.page.margins.bottom = 0;
    this.face('regular', 8).text(this.words.page(this.pages), left, 800, right - left, 'right');
    this.pdf.y = 56;
    if (this.pages === 1) this.head();
    this.face('bold', 10).row([this.words.date, this.words.text, this.words.amount, this.words.balance]);
    this.rule();
    this.face('regular', 10);
  }

  private head(): void {
    const { seller, holder, logo, today, from, until } = this.paper;
    this.face('bold', 20).text(this.words.title, left, 56, 250, 'left');
    const period = this.words.period(from ? this.day(from) : null, this.day(until ?? today));
    const holderEnd = this.block(left, 100, [holder.name, holder.addressLine, placeOf(holder), period]);
    const logoEnd = drawLogo(this.pdf, logo, { x: 330, y: 40, width: right - 330, height: 56 });
    const cvr = seller.cvr && `${this.words.cvr} ${seller.cvr}`;
    const texts = [seller.name, seller.addressLine, placeOf(seller), cvr, seller.email, seller.phone];
    this.pdf.y = Math.max(holderEnd, this.block(330, Math.max(56, logoEnd + 8), texts)) + 30;
  }

  private block(x: number, y: number, texts: readonly (string | null | undefined)[]): number {
    this.face('regular', 10).pdf.y = y;
    for (const text of texts) if (text) this.text(text, x, this.pdf.y + 2, x === left ? 250 : right - x, 'left');
    return this.pdf.y;
  }

  private row(cells: readonly string[]): void {
    if (this.pdf.y + 16 > bottom) this.page();
    const { y } = this.pdf;
    cells.forEach((cell, index) => {
      const { x, width, align } = columns[index]!;
      this.text(cell, x, y, width, align);
    });
    this.pdf.y = y + 16;
  }

  private rule(): void {
    const y = this.pdf.y;
    this.pdf.moveTo(left, y).lineTo(right, y).lineWidth(0.5).stroke();
    this.pdf.y = y + 6;
  }

  private face(weight: Weight, size: number): this {
    this.weight = weight;
    this.pdf.fontSize(size);
    return this;
  }

  private text(text: string, x: number, y: number, width: number, align: 'left' | 'right'): void {
    this.pdf.font(fontOf(text, this.weight)).text(printable(text), x, y, { width, align });
  }

  private money(amount: Money): string {
    return amount.format(this.paper.language);
  }

  private day(date: string): string {
    return dayOn(date, this.paper.language);
  }
}
