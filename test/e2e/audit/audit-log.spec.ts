import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Connection, createConnection } from 'mysql2/promise';
import { Audit } from '../../../src/platform/audit/audit.js';
import { actingAs } from '../../../src/platform/audit/acting.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import { type Id, idToBytes, newId, newIdAt } from '../../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { plansOf, statementsOf } from '../../support/statements.js';
import { type Caller, openTestSchool, platformAdmin, type TestSchool } from '../../support/test-school.js';

interface Line {
  readonly id: Id;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly name: string | null };
}

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let admin: Caller;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
  admin = await platformAdmin(test);
});
afterAll(() => test.close());

const lines = async (caller: Caller, query = ''): Promise<Line[]> =>
  (await caller.get(`/audit-log?limit=200${query}`).expect(200)).body.items;
const actions = async (query: string) => (await lines(nord.owner, query)).map(({ action }) => action);

describe('the audit log', () => {
  it('says who did what, newest first, with the name he has', async () => {
    await nord.owner.patch(`/students/${nord.student.id}`, { status: 'paused' }).expect(200);
    await nord.teacher.caller
      .put(`/teachers/${nord.teacher.id}/working-hours`, {
        workingHours: [{ weekday: 1, starts: '09:00', ends: '15:00' }],
      })
      .expect(200);
    const [hours, student] = await lines(nord.owner);
    expect(student).toMatchObject({
      action: 'student.updated',
      subjectId: nord.student.id,
      actor: { kind: 'user', id: nord.owner.userId, name: 'Mette Holm', role: 'owner' },
      details: { fields: ['status'], status: 'paused' },
      requestId: expect.any(String),
    });
    expect(hours).toMatchObject({
      action: 'teacher.working_hours_set',
      actor: { id: nord.teacher.caller.userId, name: 'Lars Holm', role: 'teacher' },
    });
  });

  it('names the job or operator where no person acted', async () => {
    const record = () => inTransaction(test.em, () => test.app.get(Audit).record({ action: 'test.run' }));
    await nord.run(() => actingAs({ kind: 'system', id: null, role: null, name: 'test.nightly' }, record));
    await nord.run(() => actingAs({ kind: 'operator', id: null, role: null }, record));
    expect((await lines(nord.owner, '&action=test')).map(({ actor }) => actor)).toEqual([
      { kind: 'operator', id: null, name: null, role: null },
      { kind: 'system', id: null, name: 'test.nightly', role: null },
    ]);
  });

  it('is filtered by action, kind, actor, subject and time', async () => {
    expect(new Set(await actions('&action=student.enrolled'))).toEqual(new Set(['student.enrolled']));
    expect(new Set(await actions('&action=student'))).toEqual(new Set(['student.enrolled', 'student.updated']));
    expect(await actions('&action=stud')).toEqual([]);
    expect(await actions(`&actorId=${nord.teacher.caller.userId}`)).toEqual(['teacher.working_hours_set']);
    expect(await actions(`&subjectId=${nord.student.id}&action=student`)).toEqual([
      'student.updated',
      'student.enrolled',
    ]);
    const [newest, ...older] = await lines(nord.owner);
    const since = encodeURIComponent(newest!.at);
    expect((await lines(nord.owner, `&from=${since}`)).map(({ id }) => id)).toContain(newest!.id);
    expect((await lines(nord.owner, `&until=${since}`)).map(({ id }) => id)).toEqual(
      older.filter(({ at }) => at < newest!.at).map(({ id }) => id),
    );
    expect(await actions('&from=2190-01-01T00:00:00Z')).toEqual([]);
    await nord.owner.get('/audit-log?from=yesterday').expect(400);
    await nord.owner.get(`/audit-log?cursor=${btoa('{"id":"x"}')}`).expect(400);
  });

  it('is complete and in order page by page', async () => {
    const all = (await lines(nord.owner)).map(({ id }) => id);
    const seen: Id[] = [];
    for (let cursor = ''; cursor !== null;) {
      const { body } = await nord.owner.get(`/audit-log?limit=3${cursor && `&cursor=${cursor}`}`).expect(200);
      seen.push(...body.items.map(({ id }: Line) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(all);
    expect(all).toEqual(all.toSorted().toReversed());
  });

  it('is the owner’s, of his own school', async () => {
    for (const other of [nord.teacher.caller, nord.student.caller]) await other.get('/audit-log').expect(403);
    await admin.get(`/v1/schools/${nord.id}/audit-log`).expect(403);
    const foreign = await lines(syd.owner, `&subjectId=${nord.student.id}`);
    expect([foreign, await lines(syd.owner, `&actorId=${nord.owner.userId}`)]).toEqual([[], []]);
    const inNord = new Set((await lines(nord.owner)).map(({ id }) => id));
    expect((await lines(syd.owner)).filter(({ id }) => inNord.has(id))).toEqual([]);
  });

  it('of the platform shows what belongs to no school, to its administrators', async () => {
    await inTransaction(test.em, () => test.app.get(Audit).record({ action: 'test.platform' }));
    await inTransaction(test.em, () => test.app.get(Audit).record({ action: 'test.school', schoolId: nord.id }));
    const { body } = await admin.get('/v1/audit-log?action=test').expect(200);
    expect(body.items.map(({ action }: Line) => action)).toEqual(['test.platform']);
    await test.http.get('/v1/audit-log').expect(401);
  });
});

describe('among many entries', () => {
  const rows = 20_000;
  let direct: Connection;

  beforeAll(async () => {
    direct = await createConnection({ uri: test.databaseUrl });
    const [school, actors, subjects] = [idToBytes(nord.id), 20, 50];
    const some = (count: number) => Array.from({ length: count }, () => idToBytes(newId()));
    const [people, things] = [some(actors), some(subjects)];
    people.push(idToBytes(nord.owner.userId));
    things.push(idToBytes(nord.student.id));
    const start = Date.parse('2026-01-01T00:00:00Z');
    for (let from = 0; from < rows; from += 2_000) {
      const values = Array.from({ length: 2_000 }, (_, i) => {
        const at = new Date(start + (from + i) * 60_000);
        const kind = ['student', 'booking', 'invoice', 'payment', 'charge', 'vehicle'][i % 6]!;
        return [idToBytes(newIdAt(at)), school, at, 'user', people[i % 21], `${kind}.updated`, kind, things[i % 51]];
      });
      await direct.query(
        'INSERT INTO audit_entries (id, school_id, at, actor_kind, actor_id, action, subject_kind, subject_id) VALUES ?',
        [values],
      );
    }
    await direct.query('ANALYZE TABLE audit_entries');
  });
  afterAll(() => direct.end());

  it.each([
    ['all', () => ''],
    ['an action', () => '&action=payment.updated'],
    ['a kind', () => '&action=payment'],
    ['an actor', () => `&actorId=${nord.owner.userId}`],
    ['a subject', () => `&subjectId=${nord.student.id}`],
    ['a time', () => '&from=2026-01-03T00:00:00Z&until=2026-01-04T00:00:00Z'],
    ['an actor in a time', () => `&actorId=${nord.owner.userId}&from=2026-01-03T00:00:00Z&until=2026-01-04T00:00:00Z`],
  ])('it is read by index, with its names, in one query: %s', async (_name, filter) => {
    const first = `/audit-log?limit=10${filter()}`;
    const { body } = await nord.owner.get(first).expect(200);
    for (const path of [first, `${first}&cursor=${body.nextCursor}`]) {
      const statements = await statementsOf(() => nord.owner.get(path).expect(200));
      const plans = await plansOf(
        direct,
        statements.filter(({ sql }) => sql.includes('audit_entries')),
      );
      expect(plans).toHaveLength(1);
      const { plan, sql } = plans[0]!;
      expect(
        plan.map(({ table, type, Extra }) => [table, /ALL|index$/.test(type), /filesort|temporary/i.test(Extra)]),
      ).toEqual(plan.map(({ table }) => [table, false, false]));
      expect([sql, plan.find(({ table }) => table === 'users')?.type]).toEqual([
        sql,
        expect.stringMatching(/eq_ref|const/),
      ]);
    }
  });
});
