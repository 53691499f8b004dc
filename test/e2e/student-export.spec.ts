import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set('2026-11-20T23:30:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
  const address = { addressLine: 'Gade 7; 2. "sal"', postcode: '2150', city: 'Nordhavn\n=1+1' };
  await nord.enrol('formel@nord.example', { name: '=SUM(A1:A9)', phone: '+4520123458', ...address });
});
afterAll(() => test.close());

const exported = async (school: TestSchool, query = '', language = 'en') =>
  (await school.owner.get(`/students/export.csv${query}`).set('accept-language', language).expect(200)).text;
const lines = (text: string) => text.trimEnd().split('\r\n');

describe('the list of students as CSV', () => {
  it('is as Danish spreadsheets expect it', async () => {
    const { text, headers } = await nord.owner.get('/students/export.csv?language=da').expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="students.csv"');
    const [heading, student, formula] = lines(text);
    expect(heading).toBe('\uFEFFNavn;E-mail;Telefon;Fødselsdato;Kategori;Adresse;Postnr.;By;Status;Indskrevet');
    // Half past eleven in the evening by UTC is the next day in Denmark.
    expect(student).toBe("Freja Lund;student@nord.example;'+4520123458;14-03-2008;B;;;;active;21-11-2026");
    expect(formula).toContain(
      `'=SUM(A1:A9);formel@nord.example;'+4520123458;14-03-2008;B;"Gade 7; 2. ""sal""";2150;"Nordhavn\n=1+1";`,
    );
  });

  it('is as others expect it, when asked in English', async () => {
    const [heading, student] = lines(await exported(nord));
    expect(heading).toContain('Name,E-mail,Phone,Birth date');
    expect(student).toContain(',2008-03-14,B,');
  });

  it('is of one school, and of a status when asked', async () => {
    expect(lines(await exported(syd))).toHaveLength(2);
    expect(lines(await exported(nord))).toHaveLength(3);
    expect(lines(await exported(nord, '?status=left'))).toHaveLength(1);
    await nord.owner.get('/students/export.csv?status=lost').expect(400);
  });

  it('is the office’s alone', async () => {
    await nord.teacher.caller.get('/students/export.csv').expect(403);
    await nord.student.caller.get('/students/export.csv').expect(403);
    await test.http.get(`/v1/schools/${nord.id}/students/export.csv`).expect(401);
  });

  it('can be imported by another school as it is', async () => {
    for (const language of ['da', 'en']) {
      const text = await exported(nord, `?language=${language}`);
      const { body } = await syd.owner.post('/student-imports').type('text/csv').send(text).expect(201);
      const read = async () => (await syd.owner.get(`/student-imports/${body.id}`).expect(200)).body;
      await until(async () => (await read()).state === 'ready');
      expect(await read()).toMatchObject({
        rows: { valid: 2, invalid: 0 },
        ignoredColumns: language === 'da' ? ['Status', 'Indskrevet'] : ['Status', 'Enrolled'],
      });
    }
  });
});
