import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { listing } from '../support/listing.js';
import { type Caller, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';
import { fiveTimesShuffled } from './webhook-storm.js';

/*
 * A partner hands in its leads three days late, each five times and in any order, also when the school has done something about them;
 * and it is told how they stand although it was away for three days.
 */
let test: TestApp;
let nord: TestSchool;
let office: Caller;
let key: string;

beforeAll(async () => {
  test = await startTestApp();
  const admin = await platformAdmin(test);
  nord = await openTestSchool(test, 'nord');
  office = await nord.join('office@nord.example', 'office');
  const asked = { partner: 'findkoreskole', name: 'Drift', scopes: ['leads.write', 'directory.read'] };
  key = (await admin.post('/v1/partner-keys', asked).expect(201)).body.secret;
  const { body: branch } = await nord.owner.post('/locations', { name: 'Nordhavn', kind: 'branch' }).expect(201);
  await nord.owner.put('/listing', { ...listing, branchIds: [branch.id] }).expect(200);
});
afterAll(() => test?.close());

interface Handed {
  readonly path: '/leads' | '/registrations';
  readonly body: { readonly id: string };
}

/** Somebody who asks, somebody who wants to begin, and somebody who does not want to any more. */
function people(round: string): Handed[] {
  const consent = { text: 'Skolen må kontakte mig.', givenAt: '2026-11-01T10:00:00Z' };
  return (['/leads', '/registrations', '/leads'] as const).map((path, n) => {
    const id = `${round}-${n}`;
    const more = path === '/registrations' ? { licenceClass: 'B' } : {};
    return { path, body: { id, schoolId: nord.id, name: 'Ida Bro', email: `${id}@lead.example`, consent, ...more } };
  });
}

async function submit({ path, body }: Handed): Promise<Id> {
  const request = test.http.post(`/partner/v1${path}`).set('authorization', `Bearer ${key}`);
  return (await request.send(body).expect(202)).body.leadId;
}

/** What has become of a lead, and how often that was written down and told. */
async function outcome(leadId: Id) {
  const { body: lead } = await office.get(`/leads/${leadId}`).expect(200);
  const { body: log } = await nord.owner.get(`/audit-log?subjectId=${leadId}`).expect(200);
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM messages WHERE kind = 'school_lead_received' AND subject_id = ${bin(leadId)}`.execute(
    globalQuery<object>(test.em.fork()),
  );
  return {
    state: lead.state,
    isStudent: lead.studentId !== null,
    duplicateOf: lead.duplicateOfId,
    log: log.items.map(({ action }: { action: string }) => action).sort(),
    told: rows.map(({ state }) => state),
  };
}

async function life(round: string, again: (handed: readonly Handed[]) => Promise<void>) {
  const handed = people(round);
  const ids: Id[] = [];
  for (const each of handed) ids.push(await submit(each));
  await test.settle();
  await again(handed);
  await office.post(`/leads/${ids[0]}/contact`).expect(200);
  await office.post(`/leads/${ids[1]}/convert`, {}).expect(200);
  await office.post(`/leads/${ids[2]}/reject`, { reason: 'no_capacity' }).expect(200);
  await again(handed);
  await test.settle();
  return Promise.all(ids.map(outcome));
}

describe('what a partner hands in', () => {
  it('ends the same when all of it comes five times, in any order and three days late', async () => {
    const once = await life('once', async () => undefined);
    expect(once).toMatchObject([
      { state: 'contacted', isStudent: false },
      { state: 'converted', isStudent: true },
      { state: 'rejected', isStudent: false },
    ]);
    for (const round of ['first', 'second', 'third']) {
      const late = await life(round, async (handed) => {
        test.clock.advance({ hours: 72 });
        const order = fiveTimesShuffled(handed);
        for (let n = 0; n < order.length; n += 2) await Promise.all(order.slice(n, n + 2).map(submit));
        await test.settle();
        test.clock.follow();
      });
      expect(late).toEqual(once);
    }
  });
});

describe('a partner that was away for three days', () => {
  it('is told how its leads stand', async () => {
    const { findkoreskole, faults } = test.sandbox;
    findkoreskole.connect(test.url, key);
    const sent = await findkoreskole.write(nord.id, { name: 'Eva', email: 'eva@lead.example', message: 'Hej' });
    const { body: leads } = await office.get('/leads?state=new').expect(200);
    const lead = leads.items.find(({ email }: { email: string }) => email === 'eva@lead.example');
    faults.add({ system: 'findkoreskole', operation: 'hooks', kind: 'error_500', times: 10_000 });
    await office.post(`/leads/${lead.id}/contact`).expect(200);
    await office.post(`/leads/${lead.id}/reject`, { reason: 'no_capacity' }).expect(200);
    for (let halfHours = 0; halfHours < 144; halfHours++) {
      await test.settle();
      test.clock.advance({ minutes: 30 });
    }
    expect(findkoreskole.leads.get(sent.id)).toMatchObject({ state: 'new', revision: 1 });
    faults.clear();
    test.clock.advance({ hours: 2 });
    await test.settle();
    expect(findkoreskole.leads.get(sent.id)).toMatchObject({ state: 'rejected', revision: 3 });
    test.clock.follow();
  });
});
