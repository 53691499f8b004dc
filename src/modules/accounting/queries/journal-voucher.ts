import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { collectPdf } from '../../../platform/pdf/collect.js';
import { fontOf, printable } from '../../../platform/pdf/fonts.js';
import { openPdf } from '../../../platform/pdf/open-pdf.js';
import { winAnsi } from '../../../platform/pdf/win-ansi.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Money } from '../../../platform/values/money.js';
import type { AccountingTables } from '../accounting.tables.js';
import { debitsOf, type JournalSum } from '../domain/journal-sums.js';
import type { AccountingRecord } from '../domain/record.js';

const head = ['Konto', 'Momskode', 'Debet', 'Kredit'];

/** The voucher of a journal: the sums that were sent, on paper. Every entry of a bookkeeping has one. */
@Injectable()
export class JournalVoucher {
  constructor(private readonly em: EntityManager) {}

  async render({ reference, occurredOn, untilOn, sent, currency }: AccountingRecord): Promise<Buffer> {
    const { name, cvr } = await this.school();
    const info = { Title: `Bilag ${reference}`, Author: winAnsi(name) };
    const pdf = await openPdf({ size: 'A4', margin: 56, lang: 'da', info });
    const whole = collectPdf(pdf);
    const lines = [cvr ? `${name}, CVR ${cvr}` : name, `Just Driving: ${occurredOn} til og med ${untilOn}`];
    const rows = rowsOf(sent ?? [], currency);
    const font = fontOf([...lines, ...rows.flat()].join(''), 'regular');
    pdf
      .font(font, 16)
      .text(printable(`Bilag ${reference}`))
      .moveDown();
    pdf
      .fontSize(10)
      .text(printable(lines.join('\n')))
      .moveDown();
    const right = { align: { x: 'right' } } as const;
    pdf.table({ data: rows.map((row) => row.map(printable)), columnStyles: [{}, {}, right, right] });
    pdf.end();
    return whole;
  }

  private school() {
    const schools = globalQuery<AccountingTables>(this.em).selectFrom('schools').select(['name', 'cvr']);
    return schools.where('id', '=', bin(currentSchool())).executeTakeFirstOrThrow();
  }
}

function rowsOf(sums: readonly JournalSum[], currency: string): string[][] {
  const amount = (minor: number, of = currency) => Money.of(minor, of).format('da');
  const rows = sums.map(({ account, vatCode, minor, currency: of }) => {
    const sides = minor > 0 ? [amount(minor, of), ''] : ['', amount(-minor, of)];
    return [account, vatCode ?? '', ...sides];
  });
  const total = amount(debitsOf(sums));
  return [head, ...rows, ['I alt', '', total, total]];
}
