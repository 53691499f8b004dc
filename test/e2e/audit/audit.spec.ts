import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { AuditEntrySchema } from '../../../src/platform/audit/audit.entities.js';
import { Audit } from '../../../src/platform/audit/audit.js';
import { PurgeAudit } from '../../../src/platform/audit/purge-audit.js';
import { globalQuery, type Tables } from '../../../src/platform/database/query.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import type { Id } from '../../../src/platform/values/id.js';
import { until } from '../../support/until.js';
import { type Decision, decisions } from './decisions.js';
import { Stage } from './stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.till.tidy());
afterAll(() => stage?.till.close());

const db = () => globalQuery<Tables<typeof AuditEntrySchema>>(stage.till.test.em.fork());

async function entries(where: { requestId?: string; action?: string; subjectId?: Id }) {
  let query = db().selectFrom('audit_entries').selectAll().orderBy('id');
  if (where.requestId) query = query.where('request_id', '=', where.requestId);
  if (where.action) query = query.where('action', '=', where.action);
  const rows = await query.execute();
  return where.subjectId ? rows.filter(({ subject_id }) => subject_id === where.subjectId) : rows;
}

const doneHere = Object.entries(decisions).flatMap(([operation, decision]) =>
  typeof decision === 'object' && 'call' in decision ? [{ operation, ...decision }] : [],
);

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { readonly content?: Record<string, unknown> }>;
}

/** Changes something, or hands over a file that leaves the system. */
function needsDecision(method: string, { responses }: Operation): boolean {
  if (method !== 'get') return true;
  return Object.keys(responses['200']?.content ?? {}).some((type) =>
    /^(?!.*json|text\/(html|event-stream|plain))/.test(type),
  );
}

describe('every operation that changes something or hands over a file', () => {
  it('has a decision on what it writes down', async () => {
    const { body } = await stage.till.test.http.get('/openapi.json').expect(200);
    const operations = Object.values(body.paths as Record<string, Record<string, Operation>>)
      .flatMap((item) => Object.entries(item))
      .filter(([method, operation]) => operation.operationId && needsDecision(method, operation))
      .map(([, { operationId }]) => operationId);
    const undecided = operations.filter((operation) => !(operation in decisions));
    expect({ undecided, remedy: 'say in test/e2e/audit/decisions.ts what it writes down' }).toMatchObject({
      undecided: [],
    });
    expect(Object.keys(decisions).filter((operation) => !operations.includes(operation))).toEqual([]);
  });

  it.each(doneHere)('$operation leaves $records', async ({ call, records, by }) => {
    const caller = by?.(stage) ?? stage.till.nord.owner;
    const { status, headers, body } = await call(caller, stage);
    expect([status, body]).toEqual([expect.any(Number), expect.anything()]);
    expect(status).toBeLessThan(300);
    const found = await entries({ requestId: headers['x-request-id']! });
    expect(found.map(({ action }) => action)).toEqual(expect.arrayContaining([...records]));
    expect(new Set(found.map(({ actor_id }) => actor_id))).toEqual(new Set([caller.userId]));
  });

  it('is looked after by the spec that its decision names', () => {
    const forgotten = Object.values<Decision>(decisions).flatMap((decision) => {
      if (typeof decision !== 'object' || !('shownIn' in decision)) return [];
      const spec = readFileSync(decision.shownIn, 'utf8');
      return decision.records.filter((action) => !spec.includes(`'${action}'`));
    });
    expect(forgotten).toEqual([]);
  });
});

describe('what nobody asked for by a request', () => {
  it('is written down as the provider’s or the job’s that did it', async () => {
    const { paymentId } = await stage.till.paid();
    expect(await entries({ action: 'payment.received', subjectId: paymentId })).toMatchObject([
      { actor_kind: 'provider', actor_name: 'stripe', actor_id: null, school_id: stage.till.nord.id },
    ]);
    await stage.till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'Fejl' }).expect(202);
    const refunded = async () => (await entries({ action: 'refund.succeeded' })).map(({ actor_kind }) => actor_kind);
    await until(async () => (await refunded()).length > 0);
    expect(await refunded()).not.toContain('user');
  });
});

describe('an entry', () => {
  it('is there exactly when its deed is', async () => {
    const { test, nord } = stage.till;
    const record = () => test.app.get(Audit).record({ action: 'test.undone' });
    const fails = async () => {
      await record();
      throw new Error('afterwards');
    };
    await expect(nord.run(() => inTransaction(test.em, fails))).rejects.toThrow('afterwards');
    expect(await entries({ action: 'test.undone' })).toEqual([]);
    await expect(nord.run(record)).rejects.toThrow('transaction');

    const { id } = await nord.enrol('atomic@nord.example', { name: 'Uændret' });
    await sql`CREATE TRIGGER refuses_entries BEFORE INSERT ON audit_entries FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no entry'`.execute(db());
    try {
      await nord.owner.patch(`/students/${id}`, { name: 'Ændret' }).expect(500);
    } finally {
      await sql`DROP TRIGGER refuses_entries`.execute(db());
    }
    expect((await nord.owner.get(`/students/${id}`).expect(200)).body.name).toBe('Uændret');
  });

  it('is never rewritten', async () => {
    await expect(sql`UPDATE audit_entries SET action = 'nothing.done'`.execute(db())).rejects.toThrow('stays as it is');
  });

  it('names the fields that changed, and tells nothing of what stands in them', async () => {
    const { id } = await stage.till.nord.enrol('fields@nord.example', { name: 'Freja Lund', phone: '+4520123458' });
    const change = { name: 'Freja Lund', phone: '+4520999999', addressLine: 'Hemmelig Vej 1' };
    const { headers } = await stage.till.nord.owner.patch(`/students/${id}`, change).expect(200);
    const [entry] = await entries({ requestId: headers['x-request-id']! });
    expect(JSON.stringify(entry)).not.toMatch(/20999999|Hemmelig|Freja/);
    const details = { fields: ['phone', 'addressLine'], status: 'active' };
    expect(JSON.parse(JSON.stringify(entry!.details).replace(/^"|"$/g, '').replaceAll('\\"', '"'))).toEqual(details);
  });

  it('is kept for five years after the end of its own', async () => {
    const { clock, app, nord, em } = { ...stage.till.test, nord: stage.till.nord };
    const at = async (time: string, action: string, times = 1) => {
      clock.set(time);
      const write = async () => {
        for (let i = 0; i < times; i++) await app.get(Audit).record({ action });
      };
      await nord.run(() => inTransaction(em, write));
      clock.follow();
    };
    await at('2020-12-31T22:59:59Z', 'test.forgotten', 1_050);
    await at('2020-12-31T23:00:00Z', 'test.kept');
    const count = async () => [
      (await entries({ action: 'test.forgotten' })).length,
      (await entries({ action: 'test.kept' })).length,
    ];
    const purge = (now: string) => app.get(PurgeAudit, { strict: false }).run(new Date(now));
    await purge('2025-12-31T22:50:00Z');
    expect(await count()).toEqual([1_050, 1]);
    await purge('2026-01-01T02:50:00Z');
    expect(await count()).toEqual([0, 1]);
    await purge('2027-01-01T02:50:00Z');
    expect(await count()).toEqual([0, 0]);
  });
});
