import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { Verification } from '../../src/platform/verification/verification.js';
import { idToBytes, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { plansOf, type Statement, statementsOf } from '../support/statements.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const MANY = 100_000;
const FEW = 10_000;

let test: TestApp;
let nord: TestSchool;
let direct: Connection;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  nord = await openTestSchool(test, 'nord');
  direct = await createConnection({ uri: test.databaseUrl });
});
afterAll(async () => {
  await direct.end();
  await test.close();
});

const list = async (school: TestSchool, query: Record<string, string>) =>
  (await school.teacher.caller.get(`/students?${new URLSearchParams(query).toString()}`).expect(200)).body;
const found = async (q: string, school = nord) =>
  (await list(school, { q })).items.map(({ name }: { name: string }) => name);
const findings = () =>
  nord.run(async () => (await test.app.get(Verification).ofSchool(nord.id)).flatMap((verdict) => verdict.findings));

describe('a student', () => {
  let id: Id;

  beforeAll(async () => {
    const rasmus = { name: 'Rasmus Ærenlund Møller-Åkjær', phone: '+4521436587', postcode: '8260' };
    id = (await nord.enrol('r.moeller@soeg.example', rasmus)).id;
    const syd = await openTestSchool(test, 'syd');
    await syd.enrol('r.moeller@soeg.example', { ...rasmus, name: 'Rasmus på den anden skole' });
  });

  it.each([
    'rasmus',
    'RASM',
    'møl',
    'mølLER-åkj',
    'aakjaer',
    'Ærenl rasmus',
    'rasmus ær mø åk',
    'r.moeller@soeg',
    'R.Moeller@soeg.example',
    '21 43 65 87',
    '+45 2143',
    '004521436587',
    '(2143)6587',
    '8260',
    'rasmus 8260',
  ])('is found by "%s"', async (q) => {
    expect(await found(q)).toEqual(['Rasmus Ærenlund Møller-Åkjær']);
  });

  it.each(['asmus', 'rasmus jensen', '3658', 'soeg.example', '%', '_asmus', '2143 8261'])(
    'is not found by "%s"',
    async (q) => {
      expect(await found(q)).toEqual([]);
    },
  );

  it('is found by what he is called now', async () => {
    await nord.owner.patch(`/students/${id}`, { name: 'Rasmus Friis', phone: null }).expect(200);
    expect(await found('møller')).toEqual([]);
    expect(await found('21436587')).toEqual([]);
    expect(await found('fri')).toEqual(['Rasmus Friis']);
    expect(await findings()).toEqual([]);
  });

  it('betrays itself in `verify` when somebody changed him behind its back', async () => {
    await direct.query("UPDATE students SET name = 'Rasmus Anders' WHERE id = ?", [idToBytes(id)]);
    expect(await findings()).toEqual([`student ${id} is not found by what the student is called now`]);
    await direct.query("UPDATE students SET name = 'Rasmus Friis' WHERE id = ?", [idToBytes(id)]);
    expect(await findings()).toEqual([]);
  });

  it('comes once, page by page, however many of his words fit', async () => {
    for (const [i, name] of ['Anna Annesen', 'Anne Hansen', 'Hans Anker', 'Anna Berg'].entries())
      await nord.enrol(`an${i}@soeg.example`, { name, phone: null });
    const whole = await found('an');
    expect(whole).toEqual(['Hans Anker', 'Anna Annesen', 'Anna Berg', 'Anne Hansen'].toSorted(byWord));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(nord, { q: 'an', limit: '1', ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ name }: { name: string }) => name));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
  });

  it('keeps to the order that is possible', async () => {
    const refused = async (query: string) => (await nord.owner.get(`/students?${query}`).expect(400)).body.code;
    expect(await refused('q=an&sort=name')).toBe('student.sort_not_possible');
    expect(await refused('enrolledFrom=2026-01-01T00:00:00Z&sort=-name')).toBe('student.sort_not_possible');
  });
});

// The word that begins with "an" comes first: "an1@…" is a word of Anne's before "anne" is.
function byWord(a: string, b: string): number {
  const order = ['Anna Annesen', 'Anne Hansen', 'Hans Anker', 'Anna Berg'];
  return order.indexOf(a) - order.indexOf(b);
}

describe('among a hundred thousand students', () => {
  let stor: TestSchool;

  beforeAll(async () => {
    stor = await openTestSchool(test, 'stor');
    const anden = await openTestSchool(test, 'anden');
    await fill(stor.id, MANY, 1);
    await fill(anden.id, FEW, 2);
    await direct.query('ANALYZE TABLE students, student_search_words');
  }, 120_000);

  it.each<[string, Record<string, string>]>([
    ['by name', {}],
    ['by name, backwards', { sort: '-name' }],
    ['by time', { sort: 'createdAt' }],
    ['by time, backwards', { sort: '-createdAt' }],
    ['of a status', { status: 'left' }],
    ['of a status by time', { status: 'left', sort: '-createdAt' }],
    ['of a rare category', { licenceClass: 'D' }],
    ['of a rare category by time', { licenceClass: 'D', sort: 'createdAt' }],
    ['of a status and a category', { status: 'left', licenceClass: 'B' }],
    ['of a month', { enrolledFrom: '2020-03-01T00:00:00Z', enrolledBefore: '2020-04-01T00:00:00Z' }],
    ['of a status, of a month', { status: 'active', enrolledFrom: '2020-03-01T00:00:00Z', sort: '-createdAt' }],
    ['a rare name', { q: 'sjaelden' }],
    ['a common name', { q: 'anna' }],
    ['one letter', { q: 'a' }],
    ['two common names', { q: 'anna hansen' }],
    ['a common name and a number', { q: 'anna 20000' }],
    ['an address', { q: 'e4711@' }],
    ['a number', { q: '20 00 47 11' }],
    ['a postcode', { q: '2150' }],
    ['a name of a rare status', { q: 'sjaelden', status: 'left' }],
  ])('the list is read by index: %s', async (_name, query) => {
    const read = async (cursor?: string) => {
      let next: string | null = null;
      const work = async () => {
        next = (await list(stor, { limit: '20', ...query, ...(cursor !== undefined && { cursor }) })).nextCursor;
      };
      const statements = (await statementsOf(work)).filter(({ sql }) => /^select .*\bstudents\b/is.test(sql));
      expect(statements.length).toBe(1);
      const [plan] = await plansOf(direct, statements);
      expect(plan!.plan.map(({ type, key }) => [type === 'ALL' || type === 'index', key === null])).toEqual(
        plan!.plan.map(() => [false, false]),
      );
      expect(`${plan!.plan.map(({ Extra }) => Extra).join()} of ${plan!.sql}`).not.toMatch(/filesort|temporary/i);
      return next;
    };
    const cursor = await read();
    if (cursor) await read(cursor);
  });

  it('are all exported, a batch at a time', async () => {
    let lines = 0;
    const statements = await statementsOf(async () => {
      const { text } = await stor.owner.get('/students/export.csv').expect(200);
      lines = text.trimEnd().split('\r\n').length;
    });
    // With the headings, and the one who was enrolled when the school was opened.
    expect(lines).toBe(MANY + 2);
    const reads = statements.filter(({ sql }) => /from `students`/.test(sql));
    expect(reads.length).toBe(MANY / 1_000 + 1);
    expect(reads.every(({ values }) => values.at(-1) === 1_000)).toBe(true);
    const plans = (await plansOf(direct, [reads.at(0)!, reads.at(50)!])).flatMap(({ plan }) => plan);
    expect(plans.map(({ type }) => type)).toEqual(expect.not.arrayContaining(['ALL', 'index']));
    expect(plans.map(({ Extra }) => Extra).join()).not.toMatch(/filesort|temporary/i);
  });

  it('reads few rows for a page, wherever it is', async () => {
    const { items, nextCursor } = await list(stor, { q: 'anna', limit: '20' });
    expect(items).toHaveLength(20);
    const questions: Record<string, string>[] = [{ q: 'anna', cursor: nextCursor }, { q: 'a' }, { status: 'left' }];
    for (const question of questions) {
      const query = { limit: '20', ...question };
      const statements = await statementsOf(() => list(stor, query));
      expect(await rowsReadBy(statements.find(({ sql }) => /^select .*\bstudents\b/is.test(sql))!)).toBeLessThan(500);
    }
  });
});

/** Rows that the server touches for a statement, by its own account. */
async function rowsReadBy({ sql, values }: Statement): Promise<number> {
  const count = async () => {
    const [rows] = await direct.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return (rows as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const before = await count();
  await direct.query(sql, values);
  return (await count()) - before;
}

/** Straight into the tables, without the people and resources behind them. */
async function fill(schoolId: Id, count: number, serial: number): Promise<void> {
  const digits =
    '(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)';
  const numbers = `SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d AS n
    FROM ${digits} a, ${digits} b, ${digits} c, ${digits} d, ${digits} e HAVING n < ${count}`;
  const id = `UNHEX(CONCAT(LPAD(HEX(n), 12, '0'), '7000800', '${serial}', LPAD(HEX(n), 12, '0')))`;
  const name = `CONCAT(IF(n % 5000 = 7, 'Sjælden', ELT(1 + n % 8, 'Anna', 'Bo', 'Carl', 'Dorte', 'Emma', 'Freja', 'Gorm', 'Hans')), ' ',
    ELT(1 + (n DIV 8) % 7, 'Hansen', 'Jensen', 'Nielsen', 'Holm', 'Lund', 'Friis', 'Krogh'))`;
  await direct.query('SET SESSION foreign_key_checks = 0, unique_checks = 0');
  await direct.query(
    `INSERT INTO students (id, school_id, user_id, resource_id, name, email, phone, licence_class, status, postcode, created_at)
     SELECT ${id}, ?, ${id}, n + 1000000, ${name}, CONCAT('e', n, '@stor.example'), CONCAT('+45', 20000000 + n),
       IF(n % 500 = 0, 'D', 'B'), IF(n % 200 = 7, 'left', 'active'), 1000 + n % 9000,
       '2020-01-01' + INTERVAL n MINUTE FROM (${numbers}) numbers`,
    [idToBytes(schoolId)],
  );
  for (const word of [
    "REPLACE(LOWER(SUBSTRING_INDEX(name, ' ', 1)), 'æ', 'ae')",
    "LOWER(SUBSTRING_INDEX(name, ' ', -1))",
    'email',
    'SUBSTR(phone, 2)',
    'SUBSTR(phone, 4)',
    'postcode',
  ])
    await direct.query(
      `INSERT IGNORE INTO student_search_words (school_id, student_id, entry)
       SELECT school_id, id, CONCAT(${word}, ' ', LOWER(name)) FROM students WHERE school_id = ? AND resource_id >= 1000000`,
      [idToBytes(schoolId)],
    );
  await direct.query('SET SESSION foreign_key_checks = 1, unique_checks = 1');
}
