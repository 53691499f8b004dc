import { describe, expect, it } from '@jest/globals';
import { enrolmentOf } from './enrolment-of.js';
import { ColumnsMissing, ListEmpty, ListTooLong, UnreadableList } from './import-problems.js';
import { mostRows, readList } from './read-list.js';

const read = (text: string, encoding: BufferEncoding = 'utf8') => readList(Buffer.from(text, encoding));

describe('a list of students', () => {
  it('is read as Danish and English spreadsheets write it', async () => {
    const freja = { name: 'Freja Ærø', email: 'freja@example.dk', city: 'Nordhavn, Kbh' };
    const danish = 'Navn;E-mail;By\r\n"Freja Ærø";freja@example.dk;Nordhavn, Kbh\r\n';
    const english = 'Full name,E-mail address,Town\nFreja Ærø,freja@example.dk,"Nordhavn, Kbh"\n';
    const tabs = 'Elev\tMail\tBy\rFreja Ærø\tfreja@example.dk\tNordhavn, Kbh\r';
    for (const text of [danish, english, tabs]) expect((await read(text)).rows).toEqual([{ number: 2, cells: freja }]);
    for (const [text, encoding] of [
      [`\uFEFF${danish}`, 'utf8'],
      [danish, 'latin1'],
      [`\uFEFF${danish}`, 'utf16le'],
    ] as const)
      expect((await read(text, encoding)).rows[0]?.cells).toEqual(freja);
  });

  it('counts rows as a spreadsheet does, over empty ones and cells of several lines', async () => {
    const { rows } = await read('navn;mail;adresse\n\nA;a@b.dk;"Gade 1\n2. sal"\n;;\nB;b@b.dk\n');
    expect(rows.map(({ number }) => number)).toEqual([3, 5]);
    expect(rows[0]?.cells.addressLine).toBe('Gade 1\n2. sal');
  });

  it('keeps nothing that it does not know, least of all a CPR number', async () => {
    const list = await read('Navn;CPR-nr.;E-mail;Navn;\nA;010203-1234;a@b.dk;C;x\n');
    expect(list).toEqual({
      rows: [{ number: 2, cells: { name: 'A', email: 'a@b.dk' } }],
      ignoredColumns: ['CPR-nr.', 'Navn'],
    });
  });

  it('takes quotes inside of a cell as they come, and survives a cell cut between two portions', async () => {
    const name = 'Æ'.repeat(100);
    const lines = Array.from({ length: 2_000 }, (_, i) => `${name};e${i}@b.dk;5" skærm`);
    const { rows } = await read(`navn;mail;adresse\n${lines.join('\n')}`);
    expect(rows).toHaveLength(2_000);
    expect(rows.every(({ cells }) => cells.name === name && cells.addressLine === '5" skærm')).toBe(true);
  });

  it('is refused when it is none', async () => {
    await expect(read('')).rejects.toThrow(ListEmpty);
    await expect(read('navn;mail\n')).rejects.toThrow(ListEmpty);
    await expect(read('fornavn;mail\nA;a@b.dk')).rejects.toThrow(ColumnsMissing);
    await expect(read('{"name":"A"}')).rejects.toThrow(ColumnsMissing);
    await expect(read('navn;mail\n"A;a@b.dk\nB;b@b.dk')).rejects.toThrow(UnreadableList);
    await expect(read(`navn;mail\n${'A;a@b.dk\n'.repeat(mostRows + 1)}`)).rejects.toThrow(ListTooLong);
  });

  it('is looked at no further than a spreadsheet goes', async () => {
    await expect(read(`navn;mail\n${'\n'.repeat(2 * mostRows)}A;a@b.dk`)).rejects.toThrow(ListTooLong);
    await expect(read(`navn;${';'.repeat(200)}mail\nA;a@b.dk`)).rejects.toThrow(ColumnsMissing);
    await expect(read(`navn;mail;${'x'.repeat(100_000)}\nA;a@b.dk`)).rejects.toThrow(UnreadableList);
    await expect(read(`navn;mail\n${'x'.repeat(100_000)};a@b.dk`)).rejects.toThrow(UnreadableList);
    const { ignoredColumns } = await read(`navn;mail;${'x'.repeat(1_000)}${';y'.repeat(1_000)}\nA;a@b.dk`);
    expect(ignoredColumns).toHaveLength(198);
    expect(ignoredColumns[0]).toHaveLength(50);
  });
});

describe('what a row says of a student', () => {
  it('is brought into the form of the API', () => {
    const cells = { firstName: 'Freja  Marie', lastName: 'Lund', phone: '20 12 34 58', birthDate: '4.3.2009' };
    expect(enrolmentOf({ ...cells, licenceClass: 'b', email: 'F@b.dk' })).toEqual({
      name: 'Freja Marie Lund',
      phone: '+4520123458',
      birthDate: '2009-03-04',
      licenceClass: 'B',
      email: 'F@b.dk',
    });
    expect(enrolmentOf({ phone: "'+46701234567", birthDate: '2009-03-14' })).toEqual({
      phone: '+46701234567',
      birthDate: '2009-03-14',
    });
  });

  it('stays as it is written when nobody can read it', () => {
    const cells = { phone: 'ingen', birthDate: '14-03-09', name: 'A' };
    expect(enrolmentOf(cells)).toEqual(cells);
  });
});
