import { describe, expect, it } from '@jest/globals';
import { type BankColumns, dateOf, minorOf, readBankFile } from './bank-csv.js';

async function read(text: string | Buffer, columns: BankColumns = {}) {
  const rows = [];
  for await (const row of readBankFile(Buffer.from(text as string), columns)) rows.push(row);
  return rows;
}

describe('a bank’s file', () => {
  it('is read as Danish banks write it', async () => {
    const text =
      'Dato;Tekst;Beløb;Saldo\r\n01-12-2026;Fra Å. Bæk;1.234,50;5.000,00\r\n02-12-2026;Husleje;-900,00;4.100,00\r\n';
    const rows = await read(Buffer.from(text, 'latin1'));
    expect(rows).toMatchObject([{ bookedOn: '2026-12-01', amountMinor: 123_450, text: 'Fra Å. Bæk' }]);
    expect(await read(text)).toEqual(rows);
  });

  it('may call its columns what it likes', async () => {
    const columns = { date: 'Hvornår', amount: 'Hvor meget', text: 'Hvad' };
    const rows = await read('Hvornår,Hvor meget,Hvad\n2026-12-01,"650,00",Faktura 7', columns);
    expect(rows).toMatchObject([{ amountMinor: 65_000, text: 'Faktura 7' }]);
  });

  it('tells two payments that look alike, and knows both in the next file', async () => {
    const line = '01-12-2026;Kontant;100,00';
    const twice = await read(`Dato;Tekst;Beløb\n${line}\n${line}`);
    expect(new Set(twice.map(({ hash }) => hash)).size).toBe(2);
    expect((await read(`Dato;Tekst;Beløb\n${line}`)).map(({ hash }) => hash)).toEqual([twice[0]!.hash]);
  });

  it('keeps no account numbers', async () => {
    const [row] = await read('Dato;Tekst;Beløb\n01-12-2026;Fra 1234 0001234567 faktura 12;100,00');
    expect(row!.text).toBe('Fra ••••4567 faktura 12');
  });

  it('that is none is refused by its row', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'bank_statement.unreadable' });
    await expect(read('Dato;Tekst\n1;2')).rejects.toMatchObject({ code: 'bank_statement.columns_missing' });
    await expect(read('Dato;Tekst;Beløb\n31-02-2026;x;1,00')).rejects.toMatchObject({
      code: 'bank_statement.unreadable',
    });
    await expect(read('Dato;Tekst;Beløb\n01-02-2026;x;en million')).rejects.toMatchObject({
      code: 'bank_statement.unreadable',
    });
  });
});

describe('what stands in it', () => {
  it.each([
    ['1.234,56', 123_456],
    ['1234,5', 123_450],
    ['-12', -1_200],
    ['1,234.56', 123_456],
    ['1234.56', 123_456],
    ['1.234', 123_400],
    ['12,345', null],
    ['', null],
    ['9'.repeat(30), null],
  ])('%s is an amount or not', (text, minor) => expect(minorOf(text)).toBe(minor));

  it.each([
    ['1.12.2026', '2026-12-01'],
    ['01/12/2026', '2026-12-01'],
    ['2026-12-01', '2026-12-01'],
    ['2026-13-01', null],
    ['', null],
  ])('%s is a date or not', (text, date) => expect(dateOf(text)).toBe(date));
});
