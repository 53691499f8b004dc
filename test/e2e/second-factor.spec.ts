import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import type { IdentityTables } from '../../src/modules/identity/identity.tables.js';
import { CreatePlatformAdmin, DisableSecondFactor, SetPassword } from '../../src/modules/identity/index.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { codeOf, type SecondFactor, setUpSecondFactor } from '../support/second-factor.js';
import { type Caller, callerOf, openTestSchool, platformAdmin } from '../support/test-school.js';

const password = 'lang nok adgangskode';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({ jobs: false, env: { AUTH_ADMIN_SECOND_FACTOR: 'required' } });
});
afterAll(() => test.close());

async function person(email: string): Promise<Caller> {
  const input = { email, name: 'Anna Bang', password };
  const userId = await RequestContext.create(test.em, () => test.app.get(CreatePlatformAdmin).execute(input));
  return callerOf(test, userId, '/v1/me');
}

interface Enrolled extends SecondFactor {
  readonly me: Caller;
  readonly email: string;
}

async function enrolled(email: string): Promise<Enrolled> {
  const me = await person(email);
  return { me, email, ...(await setUpSecondFactor(test, me, password)) };
}

const login = (email: string, code?: string) => test.http.post('/v1/auth/login').send({ email, password, code });
const entries = (action: string) =>
  globalQuery<{ audit_entries: { action: string } }>(test.em.fork())
    .selectFrom('audit_entries')
    .selectAll()
    .where('action', '=', action)
    .execute();

it('is set up on a page of its own, in both languages', async () => {
  for (const [language, title] of [
    ['da', 'Ekstra godkendelse'],
    ['en', 'Second factor'],
  ] as const) {
    const { text } = await test.http.get('/account/second-factor').set('accept-language', language).expect(200);
    expect(text).toContain(`<h1>${title}</h1>`);
  }
  await test.http
    .get('/account/second-factor.js')
    .expect(200)
    .expect('content-type', /javascript/);
});

describe('a second factor', () => {
  it('counts once it is confirmed, and not before', async () => {
    const me = await person('anna@example.dk');
    await me.post('/second-factor', { password: 'forkert adgangskode' }).expect(422);
    await me.post('/second-factor/confirm', { code: '123456' }).expect(409);
    const { body: first } = await me.post('/second-factor', { password }).expect(200);
    expect(first.uri).toContain(`secret=${first.secret}`);
    expect(first.uri).toMatch(/^otpauth:\/\/totp\/Just%20Driving:anna%40example\.dk\?/);
    expect(first.qrSvg).toMatch(/^<svg/);
    await login('anna@example.dk').expect(200);
    const { body: second } = await me.post('/second-factor', { password }).expect(200);
    await me.post('/second-factor/confirm', { code: codeOf(test, first.secret as string) }).expect(422);
    const { body } = await me
      .post('/second-factor/confirm', { code: codeOf(test, second.secret as string) })
      .expect(200);
    expect(new Set(body.recoveryCodes).size).toBe(10);
    await me.post('/second-factor', { password }).expect(409);
    await me.post('/second-factor/confirm', { code: codeOf(test, second.secret as string) }).expect(409);
    expect((await me.get('/second-factor').expect(200)).body).toMatchObject({
      state: 'enabled',
      recoveryCodesLeft: 10,
    });
    expect(await entries('second_factor.enabled')).not.toHaveLength(0);
  });

  it('ends the sessions that were opened without it, but for the one it is confirmed in', async () => {
    const me = await person('astrid@example.dk');
    const elsewhere = await callerOf(test, me.userId, '/v1/me');
    const another = await person('asger@example.dk');
    const { body } = await me.post('/second-factor', { password }).expect(200);
    await me.post('/second-factor/confirm', { code: '000000' }).expect(422);
    await elsewhere.get().expect(200);
    await me.post('/second-factor/confirm', { code: codeOf(test, body.secret as string) }).expect(200);
    await elsewhere.get().expect(401);
    await me.get().expect(200);
    await another.get().expect(200);
  });

  it('is asked for at sign-in, after the password', async () => {
    const { email, next } = await enrolled('bo@example.dk');
    expect((await login(email).expect(401)).body.code).toBe('auth.code_required');
    const wrong = await test.http.post('/v1/auth/login').send({ email, password: 'forkert', code: next() });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'auth.invalid_credentials']);
    expect((await login(email, '000000').expect(401)).body.code).toBe('auth.code_wrong');
    const code = next();
    await login(email, `${code.slice(0, 3)} ${code.slice(3)}`).expect(200);
  });

  it('takes a code once, of twenty who bring it at once from one', async () => {
    const { email, next } = await enrolled('carl@example.dk');
    const code = next();
    const answers = await Promise.all(Array.from({ length: 20 }, () => login(email, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'auth.code_wrong')).toHaveLength(19);
    test.clock.advance({ minutes: 3 });
    await login(email, code).expect(401);
  });

  it('is replaced by each recovery code once', async () => {
    const { me, email, recoveryCodes: codes, next } = await enrolled('dorte@example.dk');
    const answers = await Promise.all([1, 2, 3].map(() => login(email, codes[0]!.toLowerCase())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await me.get('/second-factor').expect(200)).body.recoveryCodesLeft).toBe(9);
    const { body } = await me.post('/second-factor/recovery-codes', { password, code: next() }).expect(200);
    await login(email, codes[1]).expect(401);
    await login(email, body.recoveryCodes[0] as string).expect(200);
    expect(await entries('second_factor.recovery_code_used')).toHaveLength(2);
    expect(await entries('second_factor.recovery_codes_renewed')).toHaveLength(1);
  });

  it('is turned off with password and code, or by an operator', async () => {
    const { me, email, next } = await enrolled('ellen@example.dk');
    await me.post('/second-factor/disable', { password, code: '000000' }).expect(422);
    await me.post('/second-factor/disable', { password: 'forkert adgangskode', code: next() }).expect(422);
    await login(email).expect(401);
    await me.post('/second-factor/disable', { password, code: next() }).expect(204);
    await login(email).expect(200);
    const other = await enrolled('finn@example.dk');
    const byOperator = () =>
      RequestContext.create(test.em, () => test.app.get(DisableSecondFactor).execute(other.me.userId));
    expect([await byOperator(), await byOperator()]).toEqual([true, false]);
    await login(other.email).expect(200);
    expect(await entries('second_factor.disabled')).toHaveLength(2);
  });

  it('leaves no secret and no code in the database', async () => {
    const me = await person('gerda@example.dk');
    const { body: offered } = await me.post('/second-factor', { password }).set('idempotency-key', 'once').expect(200);
    const { body } = await me
      .post('/second-factor/confirm', { code: codeOf(test, offered.secret as string) })
      .set('idempotency-key', 'twice')
      .expect(200);
    const db = globalQuery<IdentityTables & { stored_answers: object }>(test.em.fork());
    const kept = JSON.stringify([
      await db.selectFrom('second_factors').selectAll().execute(),
      await db.selectFrom('recovery_codes').selectAll().execute(),
      await db.selectFrom('stored_answers').selectAll().execute(),
    ]);
    for (const secret of [offered.secret, ...body.recoveryCodes]) expect(kept).not.toContain(secret);
  });
});

describe('an administrator where a second factor is required', () => {
  it('is one with it alone, and is told how to get there', async () => {
    const { me, email, next } = await enrolled('hans@example.dk');
    const asAdmin = await callerOf(test, me.userId, '');
    await asAdmin.get('/v1/schools').expect(200);
    const bare = await platformAdmin(test, 'ida@example.dk');
    const { body } = await bare.get('/v1/schools').expect(403);
    expect(body).toMatchObject({ code: 'auth.second_factor_needed', detail: expect.stringContaining('second-factor') });
    expect((await bare.get('/v1/me').expect(200)).body.user.isPlatformAdmin).toBe(true);
    await me.post('/second-factor/disable', { password, code: next() }).expect(204);
    await asAdmin.get('/v1/schools').expect(403);
    await login(email).expect(200);
  });

  it('brings the code to the operators’ page, too', async () => {
    const { email, next } = await enrolled('jan@example.dk');
    const open = (form: object) => test.http.post('/ops/login').type('form').set('origin', test.url).send(form);
    const { text } = await open({ email, password, code: '' }).expect(401);
    expect(text).toContain('autocomplete="one-time-code"');
    expect(text).toContain('authenticator app');
    await open({ email, password, code: '000000' }).expect(401);
    await open({ email, password, code: next() }).expect(303);
    await person('bar@example.dk');
    const refused = await open({ email: 'bar@example.dk', password }).set('accept-language', 'da').expect(403);
    expect(refused.text).toContain('ekstra godkendelse');
    expect(refused.headers['set-cookie']).toBeUndefined();
  });
});

describe('a school that demands a second factor', () => {
  it('has it of those it names from their next request on, and of nobody else', async () => {
    const [nord, syd] = [await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd')];
    const office = await nord.join('kontor@nord.example', 'office');
    const elsewhere = await syd.join('kontor@nord.example', 'office');
    const { body: key } = await nord.owner.post('/api-keys', { name: 'Side', scopes: ['school.read'] }).expect(201);
    expect((await office.get('/sign-in-rules').expect(200)).body).toEqual({ secondFactorFor: 'nobody' });
    await office.put('/sign-in-rules', { secondFactorFor: 'managers' }).expect(403);
    const demand = (secondFactorFor: string) => nord.owner.put('/sign-in-rules', { secondFactorFor });

    expect((await demand('managers').expect(409)).body.code).toBe('second_factor.own_first');
    const { userId } = nord.owner;
    await RequestContext.create(test.em, () => test.app.get(SetPassword, { strict: false }).execute(userId, password));
    const me = await callerOf(test, userId, '/v1/me');
    const { next } = await setUpSecondFactor(test, me, password);
    const owner = await callerOf(test, userId, `/v1/schools/${nord.id}`);
    expect((await owner.put('/sign-in-rules', { secondFactorFor: 'managers' }).expect(200)).body).toEqual({
      secondFactorFor: 'managers',
    });

    for (const call of [office.get('/students'), office.post('/locations', {}), office.get('/audit-log')])
      expect((await call.expect(403)).body.code).toBe('auth.second_factor_needed');
    await elsewhere.get('/students').expect(200);
    await owner.get('/students').expect(200);
    await nord.teacher.caller.get('/students').expect(200);
    await nord.student.caller.get('/lesson-types').expect(200);
    await test.http.get(`/v1/schools/${nord.id}`).set('authorization', `Bearer ${key.secret}`).expect(200);
    await (await callerOf(test, office.userId, '/v1/me')).get().expect(200);

    await owner.put('/sign-in-rules', { secondFactorFor: 'staff' }).expect(200);
    expect((await nord.teacher.caller.get('/students').expect(403)).body.code).toBe('auth.second_factor_needed');
    // As the student that he is, too, he is let in.
    const both = await nord.join('student@nord.example', 'office');
    await both.get('/lesson-types').expect(200);
    expect((await both.get('/members').expect(403)).body.code).toBe('auth.second_factor_needed');

    await me.post('/second-factor/disable', { password, code: next() }).expect(204);
    expect((await owner.get('/members').expect(403)).body.code).toBe('auth.second_factor_needed');
    expect(await entries('sign_in_rules.updated')).toHaveLength(2);
  });
});
