import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { LeadAudit } from '../../src/modules/students/leads/queries/lead-audit.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { PersonalData } from '../../src/platform/privacy/personal-data.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { listing } from '../support/listing.js';
import { type Caller, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let office: Caller;
let key: string;
let branchId: Id;

beforeAll(async () => {
  test = await startTestApp();
  const admin = await platformAdmin(test);
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
  office = await nord.join('office@nord.example', 'office');
  const asked = { partner: 'findkoreskole', name: 'Drift', scopes: ['leads.write', 'directory.read'] };
  key = (await admin.post('/v1/partner-keys', asked).expect(201)).body.secret;
  branchId = (await nord.owner.post('/locations', { name: 'Nordhavn', kind: 'branch' }).expect(201)).body.id;
  await nord.owner.put('/listing', { ...listing, branchIds: [branchId] }).expect(200);
});
afterAll(() => test?.close());

const db = () => globalQuery<object>(test.em.fork());
const consent = { text: 'Skolen må kontakte mig.', givenAt: '2026-11-01T10:00:00Z' };

interface Lead {
  readonly id: string;
  readonly schoolId: Id;
  readonly email?: string;
}

function leadOf(more: object = {}): Lead {
  const id = randomUUID();
  return { id, schoolId: nord.id, name: 'Ida Bro', email: `${id}@lead.example`, consent, ...more } as Lead;
}

const submit = (body: object, path = '/leads') =>
  test.http.post(`/partner/v1${path}`).set('authorization', `Bearer ${key}`).send(body);

async function received(more: object = {}, path?: string): Promise<{ lead: Lead; leadId: Id }> {
  const lead = leadOf(more);
  const { body } = await submit(lead, path).expect(202);
  return { lead, leadId: body.leadId };
}

const rowsOf = async (externalId: string) =>
  (await sql<{ id: Id; state: string }>`SELECT id, state FROM leads WHERE external_id = ${externalId}`.execute(db()))
    .rows;
const runSchedule = (name: string) => test.app.get(ScheduleRunner, { strict: false }).runNow(name);
const toldTo = async (kind: string, leadId: Id) => {
  const { rows } = await sql`SELECT 1 FROM messages WHERE kind = ${kind} AND subject_id = ${bin(leadId)}
    AND state IN ('sent', 'delivered')`.execute(db());
  return rows.length;
};

describe('a lead from a partner', () => {
  it('is there once, however often and by however many at once it is sent', async () => {
    const lead = leadOf({ branchId, licenceClass: 'B', message: 'Hvornår?' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(lead)));
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([202]);
    expect(new Set(answers.map(({ body }) => body.leadId)).size).toBe(1);
    expect(await rowsOf(lead.id)).toHaveLength(1);
    expect((await submit({ ...lead, name: 'En anden' }).expect(409)).body.code).toBe('lead.id_reused');
    expect((await submit({ ...lead, schoolId: syd.id }).expect(409)).body.code).toBe('lead.id_reused');
    const { body } = await office.get(`/leads/${answers[0]!.body.leadId}`).expect(200);
    const { body: log } = await nord.owner.get(`/audit-log?subjectId=${answers[0]!.body.leadId}`).expect(200);
    const actor = { kind: 'provider', name: 'findkoreskole' };
    expect(log.items).toMatchObject([{ action: 'lead.received', actor }]);
    expect(body).toMatchObject({
      source: 'findkoreskole',
      state: 'new',
      locationId: branchId,
      consent: { text: consent.text },
    });
  });

  it('is for schools that chose the partner, and for the branches they show', async () => {
    for (const schoolId of [syd.id, newId()])
      expect((await submit(leadOf({ schoolId })).expect(404)).body.code).toBe('lead.school_not_listed');
    expect((await submit(leadOf({ branchId: newId() })).expect(422)).body.code).toBe('lead.unknown_branch');
    expect((await submit(leadOf({ email: null })).expect(422)).body.code).toBe('lead.unreachable');
    await received({ email: null, phone: '+4520304050' });
  });

  it('says with consent who he is, by a clock that may be ten minutes off', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    await received({ consent: { ...consent, givenAt: at(10) } });
    await received({ consent: { ...consent, givenAt: at(-10) } });
    const ahead = leadOf({ consent: { ...consent, givenAt: at(60) } });
    expect((await submit(ahead).expect(422)).body.code).toBe('lead.consent_in_the_future');
    await submit(leadOf({ consent: undefined })).expect(400);
  });

  it('tells the partner nothing of the student whom it may be', async () => {
    const address = `known-${randomUUID()}@student.example`;
    const student = await nord.enrol(address, { phone: '+4520111213' });
    const [byMail, byPhone, nobody] = [
      await received({ email: address }),
      await received({ phone: '+4520111213' }),
      await received(),
    ];
    const receipts = [byMail, byPhone, nobody].map(async ({ leadId }) => {
      const { body } = await test.http
        .get(`/partner/v1/leads/${leadId}`)
        .set('authorization', `Bearer ${key}`)
        .expect(200);
      return Object.keys(body);
    });
    expect(new Set((await Promise.all(receipts)).map(String)).size).toBe(1);
    for (const [{ leadId }, by] of [
      [byMail, 'email'],
      [byPhone, 'phone'],
    ] as const) {
      const { body } = await office.get(`/leads/${leadId}`).expect(200);
      expect(body).toMatchObject({ matchedStudentId: student.id, matches: [{ studentId: student.id, by }] });
    }
    expect((await office.get(`/leads/${nobody.leadId}`).expect(200)).body).toMatchObject({ matches: [] });
  });

  it('is refused when it is poisoned, and does no harm where it is not', async () => {
    const wrong = [
      { name: 'a\u0000b' },
      { name: 'x'.repeat(121) },
      { message: 'x'.repeat(2001) },
      { email: 'no address' },
      { phone: '20123456' },
      { licenceClass: 'Z' },
      { isAdmin: true },
      { consent: { ...consent, extra: 1 } },
      { schoolId: `${nord.id}' OR 1=1` },
    ];
    for (const more of wrong) expect([more, (await submit(leadOf(more))).status]).toEqual([more, 400]);
    const raw = (text: string) =>
      test.http.post('/partner/v1/leads').set('authorization', `Bearer ${key}`).type('application/json').send(text);
    await raw('{"id":').expect(400);
    await raw(`${'['.repeat(5_000)}${']'.repeat(5_000)}`).expect(400);
    const proto = JSON.stringify(leadOf()).replace(/^\{/, '{"__proto__":{"isAdmin":true},');
    expect([200, 202, 400]).toContain((await raw(proto)).status);
    const { leadId } = await received({ name: '<script>alert(1)</script>', message: "'; DROP TABLE leads; --" });
    expect((await office.get(`/leads/${leadId}`).expect(200)).body.name).toBe('<script>alert(1)</script>');
  });
});

describe('the office', () => {
  it('hears of a lead, and the owner of one that nobody touches for a day, once', async () => {
    const [left, touched] = [await received(), await received()];
    await test.settle();
    // The owner and the office.
    expect(await toldTo('school_lead_received', left.leadId)).toBe(2);
    await office.post(`/leads/${touched.leadId}/contact`).expect(200);
    await office.post(`/leads/${touched.leadId}/contact`).expect(200);
    await sql`UPDATE leads SET escalate_at = ${new Date(Date.now() - 1000)} WHERE id = ${bin(left.leadId)}`.execute(
      db(),
    );
    await Promise.all([runSchedule('students.escalate-leads'), runSchedule('students.escalate-leads')]);
    await test.settle();
    expect(await toldTo('school_lead_untouched', left.leadId)).toBe(1);
    expect(await toldTo('school_lead_untouched', touched.leadId)).toBe(0);
    expect((await office.get(`/leads/${left.leadId}`)).body.escalatedAt).not.toBeNull();
    expect((await office.get(`/leads/${touched.leadId}`)).body).toMatchObject({
      state: 'contacted',
      escalatedAt: null,
    });
  });

  it('makes a student of it once, also when two do it at the same moment', async () => {
    const { lead, leadId } = await received({ licenceClass: 'B', phone: '+4520777777' }, '/registrations');
    const convert = (caller: Caller) => caller.post(`/leads/${leadId}/convert`, {});
    const answers = await Promise.all([convert(office), convert(nord.owner), convert(office)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const { studentId } = (await office.get(`/leads/${leadId}`).expect(200)).body;
    const { body } = await office.get(`/students/${studentId}`).expect(200);
    expect(body).toMatchObject({
      name: 'Ida Bro',
      email: lead.email,
      licenceClass: 'B',
      phone: '+4520777777',
      status: 'active',
    });
    await office.post(`/leads/${leadId}/reject`, { reason: 'spam' }).expect(409);
  });

  it('is told what is missing, and may name the student who he is already', async () => {
    const { leadId } = await received({ email: null, phone: '+4520888888' });
    expect((await office.post(`/leads/${leadId}/convert`, {}).expect(422)).body.code).toBe('lead.details_missing');
    const foreign = { studentId: syd.student.id };
    await office.post(`/leads/${leadId}/convert`, foreign).expect(404);
    const { body } = await office.post(`/leads/${leadId}/convert`, { studentId: nord.student.id }).expect(200);
    expect(body).toMatchObject({ state: 'converted', studentId: nord.student.id });
  });

  it('leaves it open when the person cannot be enrolled', async () => {
    const address = `twice-${randomUUID()}@student.example`;
    await nord.enrol(address);
    const { leadId } = await received({ email: address, licenceClass: 'B' });
    expect((await office.post(`/leads/${leadId}/convert`, {}).expect(409)).body.code).toBe('student.exists');
    expect((await office.get(`/leads/${leadId}`)).body).toMatchObject({ state: 'new', studentId: null });
  });

  it('writes leads down by hand, lists them, and leaves other schools’ alone', async () => {
    const { body } = await office.post('/leads', { source: 'phone', name: 'Bo', phone: '+4520999999' }).expect(201);
    await office.post('/leads', { source: 'phone', name: 'Bo' }).expect(422);
    await office.post('/leads', { source: 'findkoreskole', name: 'Bo', phone: '+4520999999' }).expect(400);
    const listed = (await office.get('/leads?source=phone&state=new').expect(200)).body.items as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual([body.id]);
    for (const call of [
      syd.owner.get(`/leads/${body.id}`),
      syd.owner.post(`/leads/${body.id}/contact`),
      syd.owner.post(`/leads/${body.id}/convert`, {}),
      syd.owner.delete(`/leads/${body.id}`),
    ])
      expect((await call).status).toBe(404);
    expect((await syd.owner.get('/leads').expect(200)).body.items).toEqual([]);
    await nord.teacher.caller.get('/leads').expect(403);
    await nord.student.caller.get('/leads').expect(403);
  });

  it('sees what came of leads, by where they came from', async () => {
    const days = 'from=2026-01-01&until=2099-12-31';
    const { body } = await office.get(`/leads/conversion?${days}`).expect(200);
    const source = body.find((each: { source: string }) => each.source === 'findkoreskole');
    expect(source.received).toBe(source.waiting + source.contacted + source.converted + source.rejected);
    expect(source.conversionBp).toBe(Math.round((source.converted * 10_000) / source.received));
    const csv = await office.get(`/leads/conversion.csv?${days}&language=da`).expect(200);
    expect(csv.text).toContain(`findkoreskole;${source.received};`);
    expect((await office.get('/leads/conversion?from=2020-01-01&until=2020-01-02').expect(200)).body).toEqual([]);
  });
});

describe('what a lead says of a person', () => {
  it('goes when the office erases it, and what is counted stays', async () => {
    const { lead, leadId } = await received();
    await office.delete(`/leads/${leadId}`).expect(204);
    await office.delete(`/leads/${leadId}`).expect(204);
    const { rows } = await sql`SELECT * FROM leads WHERE id = ${bin(leadId)}`.execute(db());
    expect(JSON.stringify(rows)).not.toContain(lead.email);
    expect((await office.get(`/leads/${leadId}`)).body).toMatchObject({
      state: 'rejected',
      rejectReason: 'erased',
      name: '—',
    });
    expect((await submit(lead).expect(202)).body).toMatchObject({ leadId, state: 'rejected' });
  });

  it('goes by itself after its time, unless he is a student', async () => {
    const { leadId } = await received();
    await sql`UPDATE leads SET forget_at = ${new Date(Date.now() - 1000)} WHERE id = ${bin(leadId)}`.execute(db());
    await runSchedule('students.forget-leads');
    expect((await office.get(`/leads/${leadId}`)).body).toMatchObject({ rejectReason: 'expired', email: null });
  });

  it('goes with the student, and is among what he is handed', async () => {
    const { lead, leadId } = await received({ licenceClass: 'B', message: 'Jeg er nervøs' });
    const { studentId } = (await office.post(`/leads/${leadId}/convert`, {}).expect(200)).body;
    const subject = { id: studentId as Id, userId: newId(), email: lead.email!, phone: null };
    const data = await nord.run(() => test.app.get(PersonalData, { strict: false }).exportOf(subject));
    expect(data['leads']).toMatchObject([{ message: 'Jeg er nervøs', consentText: consent.text }]);
    await nord.owner.post(`/students/${studentId}/erasure`, { reason: 'student_asked' }).expect(202);
    await test.settle();
    const { rows } = await sql`SELECT * FROM leads WHERE id = ${bin(leadId)}`.execute(db());
    const kept = JSON.stringify(rows);
    for (const word of [lead.email, 'nervøs', 'Ida']) expect(kept).not.toContain(word);
  });
});

describe('a partner is told', () => {
  it('how it stands, in order whatever the order of webhooks, though his server fails and stalls', async () => {
    const { findkoreskole, faults } = test.sandbox;
    findkoreskole.connect(test.url, key);
    await findkoreskole.sync();
    expect([...findkoreskole.schools.values()]).toMatchObject([{ id: nord.id, profile: { da: 'Hej' } }]);
    const sent = await findkoreskole.write(nord.id, { name: 'Eva', email: 'eva@lead.example', message: 'Hej' });
    expect(sent).toMatchObject({ state: 'new', revision: 1 });
    const [row] = await rowsOf(sent.id);
    faults.add({ system: 'findkoreskole', operation: 'hooks', kind: 'error_500', times: 2 });
    await office.post(`/leads/${row!.id}/contact`).expect(200);
    await office.post(`/leads/${row!.id}/reject`, { reason: 'no_capacity' }).expect(200);
    await until(async () => {
      test.clock.advance({ minutes: 1 });
      await test.settle();
      return findkoreskole.leads.get(sent.id)?.state === 'rejected';
    });
    expect(JSON.stringify([...findkoreskole.heard.values()])).not.toContain('no_capacity');
    expect(findkoreskole.refused).toEqual([]);
    const { rows } = await sql<{
      reported: number;
    }>`SELECT reported_revision AS reported FROM leads WHERE id = ${bin(row!.id)}`.execute(db());
    expect(rows).toEqual([{ reported: 3 }]);
    test.clock.follow();
  });
});

describe('a lead of somebody who has asked already', () => {
  it('is marked as a duplicate of the first that is open, also when all come at once', async () => {
    const email = `${randomUUID()}@lead.example`;
    const phone = '+4520770077';
    const answers = await Promise.all(
      [{ email }, { email, phone }, { phone }].map((person) => submit(leadOf({ email: undefined, ...person }))),
    );
    const ids = answers.map(({ body }) => body.leadId as Id).sort();
    const views = await Promise.all(ids.map(async (id) => (await office.get(`/leads/${id}`).expect(200)).body));
    const originals = views.map(({ duplicateOfId }) => duplicateOfId);
    // By address and by number are one person once somebody had both.
    expect(originals.filter((id) => id === null).length).toBeLessThanOrEqual(2);
    for (const id of originals.filter(Boolean)) {
      const { body } = await office.get(`/leads/${id}`).expect(200);
      expect([body.duplicateOfId, body.duplicateIds.length > 0]).toEqual([null, true]);
    }
    const { leadId } = await received({ email, phone });
    const { body: last } = await office.get(`/leads/${leadId}`).expect(200);
    expect(last.duplicateOfId).toBe(ids[0]);
    const { body: listed } = await office.get('/leads').expect(200);
    expect(listed.items.find(({ id }: { id: Id }) => id === leadId)).toMatchObject({ duplicateOfId: ids[0] });
    const { leadId: elsewhere } = await received({ email: `${randomUUID()}@lead.example` });
    expect((await office.get(`/leads/${elsewhere}`).expect(200)).body).toMatchObject({
      duplicateOfId: null,
      duplicateIds: [],
    });
    // What is closed is nobody's original any more.
    for (const id of [...ids, leadId]) await office.post(`/leads/${id}/reject`, { reason: 'duplicate' }).expect(200);
    const { leadId: anew } = await received({ email });
    expect((await office.get(`/leads/${anew}`).expect(200)).body.duplicateOfId).toBeNull();
  });

  it('waits as long as its school says, or else the installation', async () => {
    const waits = async (leadId: Id) => {
      const { rows } = await sql<{ hours: number }>`SELECT TIMESTAMPDIFF(HOUR, received_at, escalate_at) AS hours
        FROM leads WHERE id = ${bin(leadId)}`.execute(db());
      return rows[0]!.hours;
    };
    expect(await waits((await received()).leadId)).toBe(24);
    const { body } = await nord.owner.patch('', { leadEscalationHours: 4 }).expect(200);
    expect(body.leadEscalationHours).toBe(4);
    expect(await waits((await received()).leadId)).toBe(4);
    await nord.owner.patch('', { leadEscalationHours: 0 }).expect(400);
    await nord.owner.patch('', { leadEscalationHours: null }).expect(200);
    expect(await waits((await received()).leadId)).toBe(24);
  });
});

it('a lead is looked after by somebody who works for the school', async () => {
  const { leadId } = await received();
  const assign = (userId: Id | null) => office.post(`/leads/${leadId}/assign`, { userId });
  for (const nobody of [newId(), syd.owner.userId, nord.student.caller.userId])
    expect((await assign(nobody).expect(422)).body.code).toBe('lead.unknown_assignee');
  for (let i = 0; i < 2; i++)
    expect((await assign(nord.teacher.caller.userId).expect(200)).body).toMatchObject({
      state: 'new',
      assignedTo: nord.teacher.caller.userId,
    });
  const { body: his } = await office.get(`/leads?assignedTo=${nord.teacher.caller.userId}`).expect(200);
  expect(his.items.map(({ id }: { id: Id }) => id)).toEqual([leadId]);
  expect((await assign(null).expect(200)).body.assignedTo).toBeNull();
  const { body: log } = await nord.owner.get(`/audit-log?subjectId=${leadId}&action=lead.assigned`).expect(200);
  expect(log.items).toHaveLength(2);
  await office.post(`/leads/${leadId}/reject`, { reason: 'spam' }).expect(200);
  await assign(nord.owner.userId).expect(409);
});

describe('the proof of leads', () => {
  const verify = () => nord.run(() => test.app.get(LeadAudit, { strict: false }).verify());

  it('finds nothing in leads that were kept by the application', async () => {
    expect(await verify()).toEqual([]);
  });

  it.each([
    ['converted, and only then', `student_id = (SELECT id FROM students WHERE school_id = leads.school_id LIMIT 1)`],
    ['nothing more comes of it', `closed_at = '2026-11-01'`],
    ['nobody has touched', `state = 'contacted'`],
  ])('finds a planted breach: %s', async (finding, change) => {
    const { leadId } = await received();
    await sql`UPDATE leads SET ${sql.raw(change)} WHERE id = ${bin(leadId)}`.execute(db());
    expect(await verify()).toEqual([expect.stringContaining(finding)]);
    await sql`DELETE FROM leads WHERE id = ${bin(leadId)}`.execute(db());
  });

  // Last: the key that keeps it from happening is gone then.
  it('finds a lead that is there twice', async () => {
    const [one, other] = [await received(), await received()];
    await sql`ALTER TABLE leads DROP KEY leads_external`.execute(db());
    await sql`UPDATE leads SET external_id = ${one.lead.id} WHERE id = ${bin(other.leadId)}`.execute(db());
    expect(await verify()).toEqual([expect.stringContaining(`${one.lead.id} findkoreskole, 2 times`)]);
  });
});
