import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { AuditEntrySchema } from '../../src/platform/audit/audit.entities.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { billSchools, keepInStep, standardPlan } from '../support/billing.js';
import { type Caller, callerOf, openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let admin: Caller;
let nord: TestSchool;
let syd: TestSchool;
let settings: { sellerId: Id; planId: Id };

beforeAll(async () => {
  test = await startTestApp();
  [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
  admin = await platformAdmin(test);
});
afterAll(() => test?.close());

const day = 86_400_000;

/** The owner, signed in at the time it is. */
const owner = ({ id, owner: { userId } }: TestSchool) => callerOf(test, userId, `/v1/schools/${id}`);
const subscription = async (school: TestSchool) => (await (await owner(school)).get('/subscription').expect(200)).body;
const standing = async (school: TestSchool) => (await subscription(school)).standing as string;

async function goTo(time: Date | null): Promise<void> {
  await test.settle();
  if (time) test.clock.set(time);
  else test.clock.follow();
  await keepInStep(test);
  await test.settle();
}

/** What each kind of change is answered, by who asks. */
async function tries(school: TestSchool): Promise<Record<string, string | number>> {
  const [boss, student] = [
    await owner(school),
    await callerOf(test, school.student.caller.userId, `/v1/schools/${school.id}`),
  ];
  const unique = test.clock.now().getTime();
  const said = ({ status, body }: { status: number; body: { code?: string } }) =>
    status === 402 ? body.code! : status;
  return {
    reading: said(await boss.get('/students')),
    growing: said(
      await boss.post('/students', { name: 'Ny Elev', email: `ny${unique}@${school.id}.example`, licenceClass: 'B' }),
    ),
    working: said(
      await boss.post('/vehicles', {
        kind: 'car',
        name: 'VW',
        plate: `X${unique}`.slice(0, 9),
        licenceClass: 'B',
        transmission: 'manual',
      }),
    ),
    booking: said(
      await student.post('/bookings', { lessonTypeId: school.lessonTypeId, startsAt: '2099-01-01T10:00:00Z' }),
    ),
    earning: said(
      await boss.post('/payments', {
        studentId: school.student.id,
        amount: { amount: 1000, currency: 'DKK' },
        method: 'cash',
        receivedOn: '2026-01-02',
        allocations: [],
      }),
    ),
    exporting: said(await boss.post(`/students/${school.student.id}/data-exports`)),
  };
}

/** Whoever must not get in is kept out, and what was asked for wrongly is taken back, whatever the school owes. */
async function harmsNobody(school: TestSchool): Promise<void> {
  const boss = await owner(school);
  const student = `/students/${school.student.id}`;
  for (const path of [`${student}/guardians`, `${student}/documents`, '/calendar-feeds'])
    await boss.delete(`${path}/${school.id}`).expect(404);
  await boss.post(`/invoices/${school.id}/credit-notes`, {}).expect(404);
  await boss.post(`/payments/${school.id}/reversal`, { reason: 'Forkert elev' }).expect(404);
  await boss.post(`/instalment-plans/${school.id}/end`, {}).expect(404);
  await boss.patch(student, { name: 'Rettet Navn' }).expect(200);
  const pause = { studentId: school.student.id, reason: 'Vi taler om den' };
  await boss.post('/dunning-pauses', pause).expect(201);
}

/** What the audit log says was done in a school, or outside of all. */
async function audited(schoolId: Id | null): Promise<string[]> {
  const rows = await globalQuery<Tables<typeof AuditEntrySchema>>(test.em.fork())
    .selectFrom('audit_entries')
    .select('action')
    .where('school_id', schoolId ? '=' : 'is', schoolId && bin(schoolId))
    .execute();
  return rows.map(({ action }) => action);
}

/** The subjects of the mails to the school's owner since the last time. */
async function mailed(school: TestSchool): Promise<string[]> {
  await test.settle();
  const to = `owner@${school === nord ? 'nord' : 'syd'}.example`;
  const mails = [...test.sandbox.mail.mailbox.values()].filter(({ envelope }) => envelope.to.includes(to));
  return mails.map(({ subject }) => subject);
}

describe('where nobody is set up to sell', () => {
  it('no school is billed, told or held back', async () => {
    await keepInStep(test);
    await nord.owner.get('/subscription').expect(404);
    await nord.owner.post('/subscription/checkout', {}).expect(404);
    expect((await admin.get('/v1/billing/settings').expect(200)).body).toEqual({
      sellerId: null,
      planId: null,
      restrictedAfterDays: 14,
      readOnlyAfterDays: 30,
    });
    expect(await tries(nord)).toMatchObject({ growing: 201, earning: 201 });
  });
});

describe('the platform', () => {
  it('says who sells what, in an order that makes sense', async () => {
    const wrong = { sellerId: null, planId: null, restrictedAfterDays: 20, readOnlyAfterDays: 10 };
    expect((await admin.put('/v1/billing/settings', wrong).expect(422)).body.code).toBe('billing.steps_out_of_order');
    const nobody = { ...wrong, readOnlyAfterDays: 20, sellerId: nord.student.id };
    expect((await admin.put('/v1/billing/settings', nobody).expect(422)).body.code).toBe('billing.seller_not_found');
    settings = await billSchools(test, admin);
    const { body } = await admin.get('/v1/billing/subscriptions').expect(200);
    expect(body.items.map(({ schoolId }: { schoolId: Id }) => schoolId).sort()).toEqual([nord.id, syd.id].sort());
    expect(body.items[0]).toMatchObject({ state: 'trialing', standing: 'good', seats: 1, exemptReason: null });
    await nord.owner.get('/subscription').expect(200);
  });

  it('changes a price for those who choose the plan from then on alone', async () => {
    const { body: dearer } = await admin
      .post('/v1/billing/plans', { ...standardPlan, price: { amount: 29_900, currency: 'DKK' } })
      .expect(201);
    expect(dearer).toMatchObject({ code: 'standard', version: 2 });
    expect((await admin.get('/v1/billing/settings').expect(200)).body.planId).toBe(dearer.id);
    expect((await subscription(nord)).plan).toMatchObject({ version: 1, price: standardPlan.price, archived: true });
    expect((await admin.post(`/v1/billing/plans/${dearer.id}/archive`).expect(409)).body.code).toBe(
      'billing_plan.offered',
    );
    await admin.post(`/v1/billing/plans/${settings.planId}/archive`).expect(200);
    const large = { ...standardPlan, code: 'small', mostSeats: 1, price: { amount: 9_900, currency: 'DKK' } };
    const { body: small } = await admin.post('/v1/billing/plans', large).expect(201);
    const { body: offered } = await nord.owner.get('/subscription/plans').expect(200);
    expect(offered.map(({ code }: { code: string }) => code)).toEqual(['small', 'standard']);
    await nord.addTeacher('second@nord.example');
    expect((await nord.owner.put('/subscription', { planCode: 'small' }).expect(422)).body.code).toBe(
      'billing_plan.too_small',
    );
    await syd.owner.put('/subscription', { planCode: 'small' }).expect(200);
    expect((await subscription(syd)).plan.id).toBe(small.id);
    await admin.post(`/v1/billing/plans/${small.id}/archive`).expect(200);
    expect((await nord.owner.put('/subscription', { planCode: 'gone' }).expect(404)).body.code).toBe(
      'billing_plan.not_found',
    );
  });
});

describe('a school that tries things out', () => {
  it('is told, then held back in steps, and never kept from its data, its money and its way back', async () => {
    const { trialEndsAt } = await subscription(nord);
    const after = (days: number) => new Date(new Date(trialEndsAt).getTime() + days * day);
    await goTo(after(-6.5));
    await goTo(after(-6));
    await goTo(after(-0.5));
    expect(await standing(nord)).toBe('good');
    await goTo(after(0.1));
    expect(await standing(nord)).toBe('past_due');
    expect(await tries(nord)).toMatchObject({ reading: 200, growing: 201, earning: 201, exporting: 202 });
    await goTo(after(14.1));
    expect(await tries(nord)).toMatchObject({
      reading: 200,
      growing: 'subscription.growth_paused',
      booking: 422,
      earning: 201,
      exporting: 202,
    });
    await goTo(after(30.1));
    expect(await tries(nord)).toEqual({
      reading: 200,
      growing: 'subscription.unpaid',
      working: 'subscription.unpaid',
      booking: 'school.paused',
      earning: 201,
      exporting: expect.any(Number),
    });
    await harmsNobody(nord);
    expect(await mailed(nord)).toEqual(
      expect.arrayContaining([expect.stringMatching(/prøve/i), expect.stringMatching(/ikke betalt/i)]),
    );
  });

  it('goes on at once when the platform gives it more time or lets it be', async () => {
    const boss = await callerOf(test, admin.userId, '');
    const at = `/v1/schools/${nord.id}/subscription`;
    const reason = 'Pilotskole';
    await boss.put(`${at}/exemption`, { reason }).expect(200);
    expect(await tries(nord)).toMatchObject({ growing: 201, earning: 201 });
    await boss.delete(`${at}/exemption`).expect(200);
    test.clock.advance({ seconds: 11 });
    expect(await tries(nord)).toMatchObject({ growing: 'subscription.unpaid' });
    const endsAt = new Date(test.clock.now().getTime() + 20 * day).toISOString();
    expect((await boss.put(`${at}/trial`, { endsAt, reason }).expect(200)).body).toMatchObject({
      standing: 'good',
      trialEndsAt: endsAt,
    });
    expect(await tries(nord)).toMatchObject({ growing: 201 });
    await goTo(null);
    const written = ['subscription.trial_set', 'subscription.exempted', 'subscription.exemption_ended'];
    expect(await audited(nord.id)).toEqual(expect.arrayContaining(written));
    const ofPlatform = ['billing.configured', 'billing_plan.defined', 'billing_plan.archived'];
    expect(await audited(null)).toEqual(expect.arrayContaining(ofPlatform));
    expect(await audited(syd.id)).toContain('subscription.plan_chosen');
  });
});

describe('what is asked of the payment provider', () => {
  it('and refused is not asked again every few minutes', async () => {
    const db = globalQuery<object>(test.em.fork());
    const change = (set: string) =>
      sql`UPDATE subscriptions SET ${sql.raw(set)} WHERE school_id = ${bin(nord.id)}`.execute(db);
    const failed = async () =>
      (await sql`SELECT id FROM subscription_steps WHERE state = 'failed'`.execute(db)).rows.length;
    await change(`state = 'active', seats = 9, provider = 'stripe', provider_ref = 'sub_gone'`);
    for (let time = 0; time < 3; time++) await keepInStep(test);
    expect(await failed()).toBe(1);
    test.clock.advance({ hours: 25 });
    await keepInStep(test);
    expect(await failed()).toBe(2);
    test.clock.follow();
    await change(`state = 'trialing', seats = 1, provider = NULL, provider_ref = NULL`);
  });

  it('is written down first, one at a time', async () => {
    await Promise.all([1, 2, 3].map(() => syd.owner.post('/subscription/checkout', {})));
    const steps = (await audited(syd.id)).filter((action) => action === 'subscription.step_asked');
    expect(steps.length).toBeGreaterThan(0);
    expect((await syd.owner.post('/subscription/cancellation').expect(409)).body.code).toBe(
      'subscription.without_card',
    );
    expect((await syd.owner.delete('/subscription/cancellation').expect(409)).body.code).toBe(
      'subscription.without_card',
    );
    expect((await syd.owner.post('/subscription/portal').expect(409)).body.code).toBe('subscription.without_card');
    expect((await syd.owner.get('/subscription/bills').expect(200)).body.items).toEqual([]);
    await test.http.get('/subscription/done?lang=en').expect(200).expect('content-type', /html/);
    await test.http.get('/subscription/cancelled').expect(200);
  });
});
