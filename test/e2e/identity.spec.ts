import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { CreatePlatformAdmin, InviteUser, MintOneTimeToken } from '../../src/modules/identity/index.js';
import { OneTimeToken } from '../../src/modules/identity/domain/one-time-token.js';
import type { AuditEntrySchema } from '../../src/platform/audit/audit.entities.js';
import { globalQuery, type Tables } from '../../src/platform/database/query.js';
import { inSchool } from '../../src/platform/tenancy/tenancy.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';

const school = newId();
const password = 'lang nok adgangskode';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
});
afterAll(() => test.close());

function inRequest<T>(work: () => Promise<T>): Promise<T> {
  return RequestContext.create(test.em, work);
}

/** Invites somebody and gives the link's token, as the message that is about to go out gets it. */
async function invite(email: string, role: 'owner' | 'student' = 'student', name = 'Anna Bang') {
  const { userId, created } = await inSchool(school, () =>
    inRequest(() => test.app.get(InviteUser).execute({ email, name, role })),
  );
  return { userId, created, token: await mintFor(userId) };
}

async function mintFor(userId: Id): Promise<string> {
  const tokens = await test.em.fork().find(OneTimeToken, { userId }, { orderBy: { id: 'desc' }, limit: 1 });
  const minted = await test.app.get(MintOneTimeToken).execute(tokens[0]!.id);
  return minted!.token;
}

async function member(email: string) {
  const { token } = await invite(email);
  const { body } = await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(200);
  return body as { accessToken: string; refreshToken: string; user: { id: Id } };
}

const audited = async (action: string) => {
  const db = globalQuery<Tables<typeof AuditEntrySchema>>(test.em.fork());
  const entries = db.selectFrom('audit_entries').select('id').where('action', '=', action);
  return (await entries.execute()).length > 0;
};
const me = (accessToken: string) => test.http.get('/v1/me').set('authorization', `Bearer ${accessToken}`);
const refresh = (refreshToken: string) => test.http.post('/v1/auth/refresh').send({ refreshToken });

describe('an invitation', () => {
  it('lets its person set a password, once, and signs him in', async () => {
    const { token, userId } = await invite('Anna@Example.dk');
    const { body } = await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(200);
    expect(body).toMatchObject({
      expiresIn: 900,
      user: { id: userId, email: 'anna@example.dk', locale: 'da', isPlatformAdmin: false },
      memberships: [{ schoolId: school, role: 'student' }],
    });
    await me(body.accessToken as string).expect(200);
    await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(422);
    await test.http.post('/v1/auth/login').send({ email: 'ANNA@example.dk', password }).expect(200);
  });

  it('leaves the link open when the password is refused', async () => {
    const { token } = await invite('a.bang.jensen@example.dk', 'student', 'Anna Bang Jensen');
    const { body } = await test.http
      .post('/v1/auth/invitations/accept')
      .send({ token, password: 'anna bang JENSEN' })
      .expect(422);
    expect(body).toMatchObject({ code: 'auth.password_too_guessable', errors: [{ field: 'password' }] });
    await test.http.post('/v1/auth/invitations/accept').send({ token, password: 'kort' }).expect(400);
    await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(200);
  });

  it('replaces the link of an earlier message, and expires', async () => {
    const { token: first, userId } = await invite('bent@example.dk');
    const second = await mintFor(userId);
    await test.http.post('/v1/auth/invitations/accept').send({ token: first, password }).expect(422);
    test.clock.advance({ minutes: 15 * 24 * 60 });
    await test.http.post('/v1/auth/invitations/accept').send({ token: second, password }).expect(422);
  });

  it('of a known person adds a membership, however many come at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () =>
        inSchool(school, () =>
          inRequest(() => test.app.get(InviteUser).execute({ email: 'carl@example.dk', name: 'Carl', role: 'owner' })),
        ),
      ),
    );
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(1);
    expect(all.filter(({ created }) => created)).toHaveLength(1);
  });
});

describe('an address', () => {
  it('is somebody else’s when it differs by an accent alone', async () => {
    const [plain, accented] = [await invite('aase.andre@example.dk'), await invite('åse.andré@example.dk')];
    expect(accented.userId).not.toBe(plain.userId);
  });
});

describe('a session', () => {
  it('is refused the same way for a wrong password, an unknown address and one without password', async () => {
    await member('dorte@example.dk');
    await invite('erik@example.dk');
    for (const email of ['dorte@example.dk', 'nobody@example.dk', 'erik@example.dk']) {
      const { body } = await test.http.post('/v1/auth/login').send({ email, password: 'ikke den rigtige' }).expect(401);
      expect(body.code).toBe('auth.invalid_credentials');
    }
  });

  it('ends with its access tokens when a refresh token comes twice', async () => {
    const first = await member('frede@example.dk');
    const { body: second } = await refresh(first.refreshToken).expect(200);
    await me(second.accessToken as string).expect(200);
    const { body } = await refresh(first.refreshToken).expect(401);
    expect(body.code).toBe('auth.session_ended');
    await refresh(second.refreshToken as string).expect(401);
    await me(second.accessToken as string).expect(401);
  });

  it('lets one of many simultaneous refreshes through', async () => {
    const { refreshToken } = await member('gorm@example.dk');
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
  });

  it('ends at once by logging out', async () => {
    const { accessToken, refreshToken } = await member('hanne@example.dk');
    await test.http.post('/v1/auth/logout').send({ refreshToken }).expect(204);
    await me(accessToken).expect(401);
    await refresh(refreshToken).expect(401);
    await test.http.post('/v1/auth/logout').send({ refreshToken: 'unknown' }).expect(204);
  });

  it('outlives its access token by refreshing alone', async () => {
    const { accessToken, refreshToken } = await member('ib@example.dk');
    test.clock.advance({ minutes: 16 });
    await me(accessToken).expect(401);
    const { body } = await refresh(refreshToken).expect(200);
    await me(body.accessToken as string).expect(200);
    test.clock.advance({ minutes: 31 * 24 * 60 });
    await refresh(body.refreshToken as string).expect(401);
  });

  it.each([[''], ['Bearer'], ['Bearer x.y.z'], ['Basic abc'], ['Bearer eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0.']])(
    'is not had with %p',
    async (authorization) => {
      const { body, headers } = await test.http.get('/v1/me').set('authorization', authorization).expect(401);
      expect(body.code).toBe('auth.required');
      expect(headers['www-authenticate']).toBe('Bearer');
    },
  );
});

describe('a password reset', () => {
  it('answers alike for everybody, sets the password and ends all sessions', async () => {
    const { accessToken, user } = await member('jens@example.dk');
    await test.http.post('/v1/auth/password-resets').send({ email: 'nobody@example.dk' }).expect(202);
    await test.http.post('/v1/auth/password-resets').send({ email: 'jens@example.dk' }).expect(202);
    const token = await mintFor(user.id);
    await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(422);
    await test.http
      .post('/v1/auth/password-resets/complete')
      .send({ token, password: 'en helt ny adgangskode' })
      .expect(204);
    await me(accessToken).expect(401);
    await test.http.post('/v1/auth/login').send({ email: 'jens@example.dk', password }).expect(401);
    await test.http
      .post('/v1/auth/login')
      .send({ email: 'jens@example.dk', password: 'en helt ny adgangskode' })
      .expect(200);
  });
});

describe('somebody signed in', () => {
  it('sees where he is signed in, and signs out of one device or of all', async () => {
    const { accessToken: here } = await member('mine@example.dk');
    const { body: phone } = await test.http
      .post('/v1/auth/login')
      .set('user-agent', 'Telefon')
      .send({ email: 'mine@example.dk', password })
      .expect(200);
    const as = (token: string, method: 'get' | 'delete', path: string) =>
      test.http[method](path).set('authorization', `Bearer ${token}`);
    const { body } = await as(here, 'get', '/v1/me/sessions').expect(200);
    expect(body.items).toMatchObject([
      { userAgent: 'Telefon', address: '127.0.0.1', isCurrent: false },
      { isCurrent: true },
    ]);
    const [{ id }] = body.items as [{ id: Id }];
    const stranger = await member('fremmed@example.dk');
    await as(stranger.accessToken, 'delete', `/v1/me/sessions/${id}`).expect(404);
    await as(here, 'delete', `/v1/me/sessions/${id}`).expect(204);
    await me(phone.accessToken as string).expect(401);
    await refresh(phone.refreshToken as string).expect(401);
    await as(here, 'delete', '/v1/me/sessions').expect(204);
    await me(here).expect(401);
    for (const action of ['session.opened', 'session.ended', 'session.all_ended'])
      expect(await audited(action)).toBe(true);
  });

  it('changes his password with the old one; the session he does it from goes on', async () => {
    const { accessToken } = await member('skift@example.dk');
    const { body: other } = await test.http.post('/v1/auth/login').send({ email: 'skift@example.dk', password });
    const change = (old: string, newPassword: string) =>
      test.http
        .put('/v1/me/password')
        .set('authorization', `Bearer ${accessToken}`)
        .send({ password: old, newPassword });
    expect((await change('en forkert adgangskode', 'rabarber under broen').expect(422)).body.code).toBe(
      'account.password_wrong',
    );
    expect((await change(password, 'adgangskode1').expect(422)).body.code).toBe('auth.password_too_guessable');
    await change(password, 'rabarber under broen').expect(204);
    await me(accessToken).expect(200);
    await me(other.accessToken as string).expect(401);
    await test.http.post('/v1/auth/login').send({ email: 'skift@example.dk', password }).expect(401);
    expect(await audited('password.changed')).toBe(true);
  });

  it('changes his name, phone number and language, and nothing else', async () => {
    const { accessToken, user } = await member('navn@example.dk');
    const patch = (body: object) => test.http.patch('/v1/me').set('authorization', `Bearer ${accessToken}`).send(body);
    const change = { name: 'Anna Holm', phone: '+4520304050', locale: 'en' };
    const { body } = await patch(change).expect(200);
    expect(body.user).toMatchObject({ ...change, id: user.id, email: 'navn@example.dk' });
    expect((await patch({ phone: null }).expect(200)).body.user).toMatchObject({ name: 'Anna Holm', phone: null });
    for (const wrong of [{ email: 'ny@example.dk' }, { isPlatformAdmin: true }, { locale: 'xx' }])
      await patch(wrong).expect(400);
    expect(await audited('account.updated')).toBe(true);
  });
});

describe('a password that has been set', () => {
  it('voids every link sent before', async () => {
    const { token: invitation, userId } = await invite('flere@example.dk');
    await test.http.post('/v1/auth/password-resets').send({ email: 'flere@example.dk' }).expect(202);
    const token = await mintFor(userId);
    await test.http.post('/v1/auth/password-resets/complete').send({ token, password }).expect(204);
    await test.http.post('/v1/auth/invitations/accept').send({ token: invitation, password }).expect(422);
  });
});

describe('the operators’ login', () => {
  const admin = { email: 'admin@justdriving.example', password: 'en adgangskode til drift' };
  const login = (form: Record<string, string>, origin?: string) =>
    test.http
      .post('/ops/login')
      .type('form')
      .set('origin', origin ?? test.url)
      .send(form);

  beforeAll(async () => {
    await inRequest(() => test.app.get(CreatePlatformAdmin).execute({ ...admin, name: 'Drift' }));
  });

  it('opens the queue board to an administrator', async () => {
    await test.http.get('/ops/queues').expect(302).expect('location', '/ops/login?next=/ops/queues');
    const { headers } = await login({ ...admin, next: '/ops/queues' })
      .expect(303)
      .expect('location', '/ops/queues');
    const cookie = String(headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const board = await test.http
      .get('/ops/queues')
      .set('cookie', cookie.split(';')[0] ?? '')
      .expect(200);
    expect(board.text).toContain('<div id="root"');
    await test.http
      .get('/ops/queues/api/queues')
      .set('cookie', cookie.split(';')[0] ?? '')
      .expect(200);
    await test.http
      .put('/ops/queues/api/queues/outbox/pause')
      .set('cookie', cookie.split(';')[0] ?? '')
      .set('origin', 'https://evil.example')
      .expect(403);
  });

  it('refuses others, other sites and ways out of the house', async () => {
    await member('kaj@example.dk');
    await login({ email: 'kaj@example.dk', password }).expect(401).expect('content-type', /html/);
    await login({ ...admin, password: 'forkert' }).expect(401);
    await login(admin, 'https://evil.example').expect(403);
    await login({ ...admin, next: '//evil.example/x' })
      .expect(303)
      .expect('location', '/ops');
    const { text } = await test.http.get('/ops/login').query({ next: '"><script>' }).expect(200);
    expect(text).not.toContain('<script>');
  });

  it('keeps the cookie to https by its name, where there is https', async () => {
    const secure = await startTestApp({ beside: test, jobs: false, env: { PUBLIC_URL: 'https://app.example.dk' } });
    try {
      const enter = secure.http.post('/ops/login').type('form').set('origin', 'https://app.example.dk');
      const { headers } = await enter.send(admin).expect(303);
      const [cookie = ''] = [headers['set-cookie']].flat();
      expect(cookie).toMatch(/^__Secure-jd_ops=[^;]+; Max-Age=28800; Path=\/ops; HttpOnly; Secure; SameSite=Strict$/);
      const [pair = ''] = cookie.split(';');
      await secure.http.get('/ops').set('cookie', pair).expect(200);
      await secure.http.get('/ops').set('cookie', pair.replace('__Secure-', '')).expect(303);
      const leave = secure.http.post('/ops/logout').set('origin', 'https://app.example.dk').set('cookie', pair);
      const { headers: left } = await leave.expect(303);
      expect(String(left['set-cookie'])).toMatch(/^__Secure-jd_ops=;.*Secure/);
    } finally {
      await secure.close();
    }
  });

  it('does not take an API token for a cookie, nor a cookie for a token', async () => {
    const { accessToken } = await member('lis@example.dk');
    await test.http.get('/ops/queues').set('cookie', `jd_ops=${accessToken}`).expect(302);
    const { headers } = await login(admin).expect(303);
    const cookie = /jd_ops=([^;]+)/.exec(String(headers['set-cookie']))?.[1] ?? '';
    await me(cookie).expect(401);
  });
});
