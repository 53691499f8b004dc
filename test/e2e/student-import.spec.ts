import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { idToBytes, type Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Caller, openTestSchool, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

// How many rows the job commits at a time; row 2 of the file is the first.
const together = 100;

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let direct: Connection;

beforeAll(async () => {
  test = await startTestApp();
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
  direct = await createConnection({ uri: test.databaseUrl });
});
afterAll(async () => {
  await direct.end();
  await test.close();
});

const upload = (caller: Caller, csv: string | Buffer, query = '') =>
  caller
    .post(`/student-imports${query}`)
    .type('text/csv')
    .send(csv as string);

interface Import {
  readonly id: Id;
  readonly state: string;
  readonly rows: Record<string, number>;
}

async function checked(school: TestSchool, csv: string | Buffer, query = ''): Promise<Import> {
  const { body } = await upload(school.owner, csv, query).expect(201);
  expect(body).toMatchObject({ state: 'checking', finishedAt: null });
  return arrived(school, body.id, 'ready');
}

async function arrived(school: TestSchool, id: Id, state: string): Promise<Import> {
  let found: Import | undefined;
  await until(async () => {
    found = (await school.owner.get(`/student-imports/${id}`).expect(200)).body as Import;
    return found.state === state;
  }, 60);
  return found!;
}

function list(count: number, domain: string): string {
  const rows = Array.from({ length: count }, (_, i) => `Elev ${i};e${i}@${domain};${20_000_000 + i};B`);
  return ['Navn;E-mail;Mobil;Kategori', ...rows].join('\r\n');
}

const students = async (domain: string) => {
  const [rows] = await direct.query('SELECT email FROM students WHERE email LIKE ? ORDER BY email', [`%@${domain}`]);
  return (rows as { email: string }[]).map(({ email }) => email);
};

describe('a list that is uploaded', () => {
  it('is checked row by row, and enrols nobody', async () => {
    const { email: known } = (await nord.owner.get(`/students/${nord.student.id}`).expect(200)).body;
    const csv = [
      'Fornavn;Efternavn;E-mail;Telefon;Fødselsdato;Kategori;Hold',
      'Åse;Bjørn;aase@liste.example;20 12 34 58;4.3.2009;b;Mandag',
      'Bo;;bo;1;30-02-2009;Q;',
      `Freja;Lund;${known.toUpperCase()};;;B;`,
      'Åse;Igen;AASE@liste.example;;31-12-2190;B;',
    ].join('\r\n');
    const { id, rows } = await checked(nord, Buffer.from(csv, 'latin1'));
    expect(rows).toEqual({ unchecked: 0, valid: 1, invalid: 3, enrolled: 0, refused: 0 });
    expect(await students('liste.example')).toEqual([]);

    const { body: page } = await nord.owner
      .get(`/student-imports/${id}/rows?state=invalid&limit=2`)
      .set('accept-language', 'da')
      .expect(200);
    const faults = (row: { errors: { field: string }[] }) => row.errors.map(({ field }) => field).toSorted();
    expect(page.items.map(faults)).toEqual([['birthDate', 'email', 'licenceClass', 'phone'], ['email']]);
    expect(page.items[1]).toMatchObject({
      number: 4,
      errors: [
        { message: 'Personen er allerede elev på skolen. Søg efter adressen blandt eleverne, og ret den, der findes.' },
      ],
    });
    const rest = `/student-imports/${id}/rows?state=invalid&limit=2&cursor=${page.nextCursor}`;
    const { body: last } = await nord.owner.get(rest).expect(200);
    expect(last).toMatchObject({ items: [{ number: 5, cells: { firstName: 'Åse' } }], nextCursor: null });
    expect(last.items[0].errors).toEqual([
      { field: 'birthDate', message: 'must be in the past' },
      { field: 'email', message: 'is the address of row 2 already' },
    ]);
  });

  it('gives back what is to be mended, as a list that can be uploaded again', async () => {
    const { id } = await checked(nord, 'Navn;E-mail;Telefon;Kategori\n=1+1;x@mend.example;+4520123458;\n');
    const { text, headers } = await nord.owner
      .get(`/student-imports/${id}/errors.csv`)
      .set('accept-language', 'da')
      .expect(200);
    expect(headers['content-disposition']).toBe('attachment; filename="students-to-mend.csv"');
    expect(text).toContain("'=1+1;;;x@mend.example;'+4520123458;");
    expect(text).toContain('licenceClass skal udfyldes');
    const mended = await checked(nord, text, '?licenceClass=B');
    expect(mended).toMatchObject({ rows: { valid: 1, invalid: 0 }, ignoredColumns: ['Fejl'] });
  });

  it('is refused as a whole when it is none, and says why', async () => {
    for (const [csv, code] of [
      ['navn;mail\n', 'student_import.empty'],
      ['navn;telefon\nA;20123458\n', 'student_import.columns_missing'],
      ['navn;mail\n"A;a@b.dk', 'student_import.unreadable'],
      ['', 'student_import.empty'],
    ] as const)
      expect((await upload(nord.owner, csv).expect(422)).body.code).toBe(code);
    await nord.owner.post('/student-imports', { name: 'A' }).expect(415);
    await upload(nord.owner, 'x'.repeat(10 * 1024 * 1024 + 1)).expect(413);
    await test.http.post('/v1/auth/login').type('text/csv').send('a;b').expect(415);
  });

  it('is the office’s business, and no other school’s', async () => {
    const { id } = await checked(nord, list(1, 'eget.example'));
    for (const path of ['', '/rows', '/events', '/errors.csv'])
      await syd.owner.get(`/student-imports/${id}${path}`).expect(404);
    for (const verb of ['start', 'cancel']) await syd.owner.post(`/student-imports/${id}/${verb}`, {}).expect(404);
    await upload(nord.teacher.caller, list(1, 'x.example')).expect(403);
    await nord.teacher.caller.get('/student-imports').expect(403);
    const { body } = await syd.owner.get('/student-imports').expect(200);
    expect(body.items).toEqual([]);
    const first = await nord.owner.get('/student-imports?limit=1').expect(200);
    expect(first.body.items[0].id).toBe(id);
    const second = await nord.owner.get(`/student-imports?limit=1&cursor=${first.body.nextCursor}`).expect(200);
    expect(second.body.items[0].id < id).toBe(true);
  });
});

describe('an import that is started', () => {
  it('enrols every valid row once, however often and by whom it is started', async () => {
    const { id } = await checked(nord, `${list(5, 'fem.example')}\r\nUden adresse;;;B`);
    const path = `/student-imports/${id}/start`;
    const answers = await Promise.all([1, 2, 3].map(() => nord.owner.post(path, { invite: false })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409, 409]);
    const done = await arrived(nord, id, 'done');
    expect(done.rows).toEqual({ unchecked: 0, valid: 0, invalid: 1, enrolled: 5, refused: 0 });
    expect(await students('fem.example')).toHaveLength(5);
    const { body } = await nord.owner.get(`/student-imports/${id}/rows?state=enrolled&limit=1`).expect(200);
    expect(body.items[0]).toMatchObject({ cells: null, errors: [] });
    await nord.owner.get(`/students/${body.items[0].studentId}`).expect(200);
    const again = await nord.owner.post(path, {}).expect(409);
    expect(again.body).toMatchObject({ code: 'student_import.not_open', state: 'done' });
    await nord.owner.post(`/student-imports/${id}/cancel`).expect(409);
  });

  it('takes as many turns as it needs', async () => {
    const csv = `${list(510, 'mange.example')}${'\r\nUden adresse;;;B'.repeat(300)}`;
    const { id, rows } = await checked(syd, csv);
    expect(rows).toMatchObject({ valid: 510, invalid: 300, unchecked: 0 });
    await syd.owner.post(`/student-imports/${id}/start`, { invite: false }).expect(202);
    expect((await arrived(syd, id, 'done')).rows).toMatchObject({ enrolled: 510, valid: 0 });
    expect(new Set(await students('mange.example')).size).toBe(510);
  }, 90_000);

  it('invites when it is told to', async () => {
    const invitations = async (domain: string) => {
      const [[row]] = (await direct.query(
        'SELECT COUNT(*) AS n FROM one_time_tokens t JOIN users u ON u.id = t.user_id WHERE u.email LIKE ?',
        [`%@${domain}`],
      )) as unknown as [[{ n: number }]];
      return row.n;
    };
    for (const [domain, invite] of [
      ['stille.example', false],
      ['inviteret.example', true],
    ] as const) {
      const { id } = await checked(nord, list(2, domain));
      await nord.owner.post(`/student-imports/${id}/start`, { invite }).expect(202);
      await arrived(nord, id, 'done');
      expect([domain, await invitations(domain)]).toEqual([domain, invite ? 2 : 0]);
    }
  });

  it('keeps with the row what came between its check and its turn', async () => {
    const { id } = await checked(nord, list(3, 'imellem.example'));
    await nord.enrol('e1@imellem.example');
    await nord.owner.post(`/student-imports/${id}/start`, {}).expect(202);
    const { rows } = await arrived(nord, id, 'done');
    expect(rows).toMatchObject({ enrolled: 2, refused: 1 });
    const { body } = await nord.owner.get(`/student-imports/${id}/rows?state=refused`).expect(200);
    expect(body.items).toMatchObject([{ number: 3, errors: [{ field: 'email' }] }]);
  });

  it('stops where it is when it is cancelled', async () => {
    const { id } = await checked(nord, list(together + 10, 'stop.example'));
    const release = await holdRow(id, together + 7);
    await nord.owner.post(`/student-imports/${id}/start`, {}).expect(202);
    await until(async () => (await students('stop.example')).length === together);
    await nord.owner.post(`/student-imports/${id}/cancel`).expect(200);
    await release();
    await test.settle();
    const { rows, state } = await arrived(nord, id, 'cancelled');
    // None of those that were in the middle: they had not begun when it was cancelled.
    expect(rows['enrolled']).toBe(together);
    expect([state, (await students('stop.example')).length]).toEqual(['cancelled', rows['enrolled']]);
  });

  it('goes on where it was when the process died between two rows that commit together', async () => {
    const { id } = await checked(nord, list(together + 10, 'genoptag.example'));
    const release = await holdRow(id, together + 7);
    await nord.owner.post(`/student-imports/${id}/start`, {}).expect(202);
    await until(async () => (await students('genoptag.example')).length === together);
    // What is left of a process that was killed: its connection is cut, and what it had begun is undone.
    await cutConnection();
    await release();
    const { rows } = await arrived(nord, id, 'done');
    expect(rows).toEqual({ unchecked: 0, valid: 0, invalid: 0, enrolled: together + 10, refused: 0 });
    expect(await students('genoptag.example')).toHaveLength(together + 10);
  });
});

/** Keeps an import from getting past that row, until the returned function is called. */
async function holdRow(importId: Id, number: number): Promise<() => Promise<void>> {
  const holder = await createConnection({ uri: test.databaseUrl });
  await holder.query('BEGIN');
  const where = [idToBytes(nord.id), idToBytes(importId), number];
  await holder.query(
    'SELECT 1 FROM student_import_rows WHERE school_id = ? AND import_id = ? AND number = ? FOR UPDATE',
    where,
  );
  return async () => {
    await holder.query('ROLLBACK');
    await holder.end();
  };
}

/** Cuts the connection that waits for a lock of ours, as soon as it does. */
async function cutConnection(): Promise<void> {
  let waiting: { id: number }[] = [];
  await until(async () => {
    const [rows] = await direct.query(
      "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'select `number`, `cells` from `student_import_rows`%for update'",
    );
    waiting = rows as { id: number }[];
    return waiting.length === 1;
  });
  await direct.query(`KILL ${waiting[0]!.id}`);
}

describe('who follows an import', () => {
  it('hears of each change once, and of the end', async () => {
    const { id } = await checked(nord, list(together + 10, 'haendelser.example'));
    const release = await holdRow(id, together + 7);
    await nord.owner.post(`/student-imports/${id}/start`, { invite: false }).expect(202);
    const heard = nord.owner.get(`/student-imports/${id}/events`).then((answer) => answer);
    await until(async () => (await students('haendelser.example')).length === together);
    await release();
    const { text, headers } = await heard;
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect([headers['content-encoding'], headers['x-accel-buffering']]).toEqual([undefined, 'no']);
    const events = eventsIn(text);
    expect(events.length).toBeGreaterThanOrEqual(2);
    expect(new Set(events.map((event) => event['id'])).size).toBe(events.length);
    expect(events.at(-1)).toMatchObject({ event: 'end' });
    expect(JSON.parse(events.at(-1)!['data']!)).toMatchObject({ state: 'done', rows: { enrolled: together + 10 } });
    const { text: again } = await nord.owner
      .get(`/student-imports/${id}/events`)
      .set('last-event-id', events.at(-1)!['id']!)
      .expect(200);
    expect(eventsIn(again)).toEqual([events.at(-1)]);
  });
});

function eventsIn(text: string): Record<string, string>[] {
  return text
    .split('\n\n')
    .filter((event) => event !== '' && !event.startsWith(':'))
    .map((event) => Object.fromEntries(event.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string])));
}

describe('what an import has kept', () => {
  it('is forgotten after 30 days, row by row and all of it', async () => {
    const { id } = await checked(nord, list(3, 'glemt.example'));
    const young = await checked(nord, list(1, 'ung.example'));
    await direct.query('UPDATE student_imports SET created_at = created_at - INTERVAL 31 DAY WHERE id = ?', [
      idToBytes(id),
    ]);
    await test.app.get(ScheduleRunner, { strict: false }).runNow('students.forget-imports');
    await nord.owner.get(`/student-imports/${id}`).expect(404);
    await nord.owner.get(`/student-imports/${young.id}`).expect(200);
    const [rows] = await direct.query('SELECT 1 FROM student_import_rows WHERE import_id = ?', [idToBytes(id)]);
    expect(rows).toEqual([]);
  });
});
