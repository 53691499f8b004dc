import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { JournalEntry } from './journal-entry.js';
import { journalCsv } from './journal-csv.js';
import { vatCode, voucherText } from './voucher.js';

async function* entries(): AsyncGenerator<readonly JournalEntry[]> {
  const line = { date: '2026-12-01', voucher: '7', text: 'Faktura 7', vatCode: null };
  yield [{ ...line, account: '1100', debit: Money.of(123_456_705), credit: null }];
  yield [{ ...line, account: '3000', text: 'æøå; "citat"', debit: null, credit: Money.of(5), vatCode: 'U25' }];
}

async function textOf(decimal?: 'comma' | 'point'): Promise<string> {
  let text = '';
  for await (const line of journalCsv(entries(), decimal)) text += line;
  return text;
}

describe('the journal as CSV', () => {
  it('is what Danish spreadsheets and importers read', async () => {
    expect(await textOf()).toBe(
      '\uFEFFDato;Bilag;Konto;Tekst;Debet;Kredit;Momskode\r\n' +
        '2026-12-01;7;1100;Faktura 7;1234567,05;;\r\n' +
        '2026-12-01;7;3000;"æøå; ""citat""";;0,05;U25\r\n',
    );
  });

  it('takes a decimal point when told', async () => {
    expect(await textOf('point')).toContain('1234567.05');
  });

  it('names vouchers by number, or by a mark of the payment', () => {
    const id = newId();
    expect(voucherText('credit_note', id, 12)).toEqual({ voucher: '12', text: 'Kreditnota 12' });
    expect(voucherText('payment', id, null).voucher).toBe(`P${id.slice(-12).toUpperCase()}`);
    expect([vatCode(2500), vatCode(0), vatCode(null)]).toEqual(['U25', null, null]);
  });
});
