import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { OneTimeToken } from '../../src/modules/identity/domain/one-time-token.js';
import { MintOneTimeToken } from '../../src/modules/identity/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Caller, callerOf, openTestSchool, type TestSchool } from '../support/test-school.js';

const password = 'lang nok adgangskode';

let test: TestApp;
let north: TestSchool;
let south: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  [north, south] = [await openTestSchool(test, 'north'), await openTestSchool(test, 'south')];
});
afterAll(() => test.close());

/** Invites somebody and signs him in, as who accepts the link is. */
async function member(email: string, role: 'owner' | 'office', school = north): Promise<Caller> {
  const { body } = await school.owner.post('/members', { email, name: 'Line Dahl', role }).expect(201);
  return callerOf(test, body.userId as Id, `/v1/schools/${school.id}`);
}

async function linkOf(userId: Id): Promise<string | undefined> {
  const found = { userId, purpose: 'invitation' as const };
  const tokens = await test.em.fork().find(OneTimeToken, found, { orderBy: { id: 'desc' }, limit: 1 });
  const minted = await RequestContext.create(test.em, () => test.app.get(MintOneTimeToken).execute(tokens[0]!.id));
  return minted?.token;
}

const accept = (token: string | undefined) =>
  test.http.post('/v1/auth/invitations/accept').send({ token: token ?? 'none', password });
const rolesOf = async (userId: Id) =>
  ((await north.owner.get('/members?limit=200').expect(200)).body.items as { userId: Id; roles: string[] }[])
    .filter((each) => each.userId === userId)
    .flatMap(({ roles }) => roles);
const audited = async (action: string, subjectId: Id) =>
  (await north.owner.get(`/audit-log?action=${action}&subjectId=${subjectId}`).expect(200)).body.items.length as number;

describe('somebody invited to the office', () => {
  it('accepts, works, and is listed with what he is', async () => {
    const { body } = await north.owner
      .post('/members', { email: 'Line@North.example', name: 'Line Dahl', role: 'office' })
      .expect(201);
    expect(body).toMatchObject({ email: 'line@north.example', roles: ['office'], hasJoined: false });
    expect(new Date(body.invitedUntil as string) > test.clock.now()).toBe(true);
    await accept(await linkOf(body.userId)).expect(200);
    const { body: page } = await north.owner.get('/members?role=office').expect(200);
    const line = page.items.find(({ userId }: { userId: Id }) => userId === body.userId);
    expect(line).toMatchObject({ hasJoined: true, hasSecondFactor: false, invitedUntil: null });
    await north.owner.post(`/members/${body.userId}/invitation`).expect(409);
    expect(await audited('member.role_added', body.userId)).toBe(1);
  });

  it('may lose the link and get another, which alone works', async () => {
    const { userId } = await member('tabt@north.example', 'office');
    const first = await linkOf(userId);
    await north.owner.post(`/members/${userId}/invitation`).expect(200);
    await accept(first).expect(422);
    const second = await linkOf(userId);
    await north.owner.delete(`/members/${userId}/invitation`).expect(204);
    await accept(second).expect(422);
    expect(await linkOf(userId)).toBeUndefined();
    await north.owner.post(`/members/${userId}/invitation`).expect(200);
    await accept(await linkOf(userId)).expect(200);
    expect(await audited('member.invitation_sent', userId)).toBe(2);
    expect(await audited('member.invitation_withdrawn', userId)).toBe(1);
  });

  it('keeps the invitation of another school when this one withdraws its own', async () => {
    const { userId } = await member('begge@example.dk', 'office');
    await member('begge@example.dk', 'office', south);
    const fromSouth = await linkOf(userId);
    await north.owner.delete(`/members/${userId}`).expect(204);
    await accept(fromSouth).expect(200);
  });
});

describe('a change of roles', () => {
  it('ends the sessions of whoever loses one', async () => {
    const line = await member('rolle@north.example', 'office');
    await north.owner.put(`/members/${line.userId}/roles`, { roles: ['owner', 'office'] }).expect(200);
    await north.owner.put(`/members/${line.userId}/roles`, { roles: ['office'] }).expect(200);
    await line.get('/members').expect(401);
  });

  it('counts at once, and signs nobody out of another school', async () => {
    const line = await member('mister@north.example', 'office');
    await north.owner.put(`/members/${line.userId}/roles`, { roles: ['owner', 'office'] }).expect(200);
    await line.get('/api-keys').expect(200);
    await member('mister@north.example', 'office', south);
    const { body: listed } = await north.owner.get('/members?limit=200').expect(200);
    const shown = listed.items.find(({ userId }: { userId: string }) => userId === line.userId);
    expect(shown).toMatchObject({ name: 'mister@north.example', hasSecondFactor: false });
    await north.owner.put(`/members/${line.userId}/roles`, { roles: ['office'] }).expect(200);
    await line.get('/api-keys').expect(403);
    await line.get('/members').expect(200);
    const elsewhere = await callerOf(test, line.userId, '');
    await north.owner.delete(`/members/${line.userId}`).expect(204);
    await line.get('/members').expect(404);
    await elsewhere.get(`/v1/schools/${south.id}/members`).expect(200);
    expect(await audited('member.role_removed', line.userId)).toBe(2);
  });

  it('asked for in two ways at once is one of them', async () => {
    const line = await member('to.veje@north.example', 'office');
    const set = (...roles: string[]) => north.owner.put(`/members/${line.userId}/roles`, { roles });
    for (let i = 0; i < 5; i++) {
      await set('owner', 'office').expect(200);
      for (const { status } of await Promise.all([set('owner'), set('office')])) expect(status).toBe(200);
      const { body } = await north.owner.get('/members?limit=200').expect(200);
      const { roles } = body.items.find(({ userId }: { userId: string }) => userId === line.userId);
      expect(roles).toHaveLength(1);
    }
  });

  it('leaves a teacher his lessons, and takes no member his last role', async () => {
    const { userId } = (await north.addTeacher('kontor.og.bil@north.example')).caller;
    const { body } = await north.owner.put(`/members/${userId}/roles`, { roles: ['office'] }).expect(200);
    expect([...body.roles].sort((a: string, b: string) => a.localeCompare(b))).toEqual(['office', 'teacher']);
    await north.owner.put(`/members/${userId}/roles`, { roles: [] }).expect(200);
    expect((await north.owner.delete(`/members/${userId}`).expect(409)).body.code).toBe('member.has_record');
    const line = await member('sidste@north.example', 'office');
    const refused = await north.owner.put(`/members/${line.userId}/roles`, { roles: [] }).expect(422);
    expect(refused.body.code).toBe('member.needs_role');
    await north.owner.put(`/members/${line.userId}/roles`, { roles: ['teacher'] }).expect(400);
  });

  it('that touches owners is made by owners', async () => {
    const line = await member('kontor@north.example', 'office');
    const refusals = [
      line.post('/members', { email: 'x@north.example', name: 'X', role: 'owner' }),
      line.put(`/members/${line.userId}/roles`, { roles: ['owner', 'office'] }),
      line.put(`/members/${north.owner.userId}/roles`, { roles: ['office'] }),
      line.delete(`/members/${north.owner.userId}`),
      line.post(`/members/${north.owner.userId}/invitation`),
    ];
    for (const refused of refusals) expect((await refused.expect(403)).body.code).toBe('member.owners_business');
    await line.post('/members', { email: 'kollega@north.example', name: 'Kollega', role: 'office' }).expect(201);
    for (const { caller } of [north.teacher, north.student]) {
      await caller.get('/members').expect(403);
      await caller.delete(`/members/${line.userId}`).expect(403);
    }
  });
});

describe('a removed member', () => {
  it('is out at once', async () => {
    const line = await member('ud@north.example', 'office');
    await line.get('/members').expect(200);
    await north.owner.delete(`/members/${line.userId}`).expect(204);
    await line.get('/members').expect(401);
    await north.owner.delete(`/members/${line.userId}`).expect(404);
    expect(await audited('member.removed', line.userId)).toBe(1);
    expect(await rolesOf(line.userId)).toEqual([]);
  });

  it('is no other school’s', async () => {
    const line = await member('nabo@south.example', 'office', south);
    await north.owner.delete(`/members/${line.userId}`).expect(404);
    await north.owner.put(`/members/${line.userId}/roles`, { roles: ['office'] }).expect(404);
    await north.owner.post(`/members/${line.userId}/invitation`).expect(404);
    await north.owner.delete(`/members/${line.userId}/invitation`).expect(404);
    await line.get('/members').expect(200);
  });
});

describe('the owners', () => {
  it('never leave the school without one', async () => {
    const { owner } = south;
    expect((await owner.delete(`/members/${owner.userId}`).expect(409)).body.code).toBe('member.last_owner');
    await owner.put(`/members/${owner.userId}/roles`, { roles: ['office'] }).expect(409);
    await owner.get('/members').expect(200);
  });

  it('who remove each other at once: one of them wins', async () => {
    for (const round of [1, 2, 3]) {
      const school = await openTestSchool(test, `duel-${round}`);
      const rival = await member(`rival@duel-${round}.example`, 'owner', school);
      const answers = await Promise.all([
        school.owner.delete(`/members/${rival.userId}`),
        rival.delete(`/members/${school.owner.userId}`),
      ]);
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      const left = answers[0].status === 204 ? school.owner : rival;
      const { body } = await left.get('/members?role=owner').expect(200);
      expect(body.items.map(({ userId }: { userId: Id }) => userId)).toEqual([left.userId]);
    }
  });

  it('who remove a third at once, or him and each other, leave one at least', async () => {
    const school = await openTestSchool(test, 'trio');
    const [second, third] = [
      await member('to@trio.example', 'owner', school),
      await member('tre@trio.example', 'owner', school),
    ];
    await Promise.all([
      school.owner.delete(`/members/${second.userId}`),
      second.delete(`/members/${third.userId}`),
      third.delete(`/members/${school.owner.userId}`),
    ]);
    const answers = await Promise.all([school.owner, second, third].map((each) => each.get('/members?role=owner')));
    expect(answers.some(({ status, body }) => status === 200 && body.items.length >= 1)).toBe(true);
  });
});

describe('a teacher who is deactivated', () => {
  it('is signed out and has no access, until he is taken back', async () => {
    const { id, caller } = await north.addTeacher('stopper@north.example');
    await caller.get('/students').expect(200);
    await north.owner.patch(`/teachers/${id}`, { active: false }).expect(200);
    await caller.get('/students').expect(401);
    const again = await callerOf(test, caller.userId, `/v1/schools/${north.id}`);
    await again.get('/students').expect(404);
    await north.owner.patch(`/teachers/${id}`, { active: false }).expect(200);
    await north.owner.patch(`/teachers/${id}`, { active: true }).expect(200);
    await again.get('/students').expect(200);
    expect(await audited('member.role_removed', caller.userId)).toBe(1);
  });
});

describe('the list of members', () => {
  it('is read page by page, each person once', async () => {
    const { body: all } = await north.owner.get('/members?limit=200').expect(200);
    const seen: Id[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: { items: { userId: Id }[]; nextCursor: string | null } } = await north.owner
        .get(`/members?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
        .expect(200);
      seen.push(...body.items.map(({ userId }) => userId));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all.items.map(({ userId }: { userId: Id }) => userId));
    expect(new Set(seen).size).toBe(seen.length);
  });
});
