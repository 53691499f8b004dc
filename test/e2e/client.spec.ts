import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JustDrivingClient, ProblemError, type Tokens } from '../../clients/typescript/src/client.js';
import { SetPassword } from '../../src/modules/identity/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { Stage, type Person } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';

const password = 'lang nok adgangskode';

let test: TestApp;
let stage: Stage;
let student: Person;
let owner: { readonly userId: Id };

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'klient');
  student = await stage.student();
  owner = await stage.owner();
  for (const { userId } of [student, owner]) await stage.inside(() => stage.get(SetPassword).execute(userId, password));
});
afterAll(() => test.close());

describe('the TypeScript client', () => {
  it('signs in and reads what the types promise', async () => {
    const client = new JustDrivingClient({ baseUrl: test.url });
    const { memberships } = await client.logIn(student.email, password);
    const params = { path: { schoolId: memberships[0]!.schoolId } };
    const { data } = await client.api.GET('/v1/schools/{schoolId}/lesson-types', { params });
    expect(data?.items[0]).toMatchObject({ minutes: 45, price: { amount: 65_000, currency: 'DKK' } });
    await client.logOut();
    const { response, error } = await client.api.GET('/v1/schools/{schoolId}/lesson-types', { params });
    expect([response.status, error?.code]).toEqual([401, 'auth.required']);
  });

  it('says why it was refused, in the language asked for', async () => {
    const client = new JustDrivingClient({ baseUrl: test.url, language: 'da' });
    const refusal: unknown = await client.logIn(student.email, 'forkert adgangskode').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ status: 401, message: expect.stringMatching(/[æøå]|ikke|forkert/i) });
  });

  it('renews the session once for all calls that find it has run out', async () => {
    const seen: (Tokens | null)[] = [];
    const first = new JustDrivingClient({ baseUrl: test.url });
    const { refreshToken } = await first.logIn(student.email, password);
    const client = new JustDrivingClient({
      baseUrl: test.url,
      tokens: { accessToken: 'run.out.long-ago', refreshToken },
      onTokens: (tokens) => seen.push(tokens),
    });
    const answers = await Promise.all([client.api.GET('/v1/me'), client.api.GET('/v1/me'), client.api.GET('/v1/me')]);
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect(seen).toHaveLength(1);
  });

  it('walks the README’s way, from a new student to a lesson that is booked and paid', async () => {
    const office = new JustDrivingClient({ baseUrl: test.url });
    await office.logIn(`owner@${stage.slug}.example`, password);
    const path = { schoolId: stage.schoolId };
    const email = 'sofie@klient.example';
    const body = { name: 'Sofie Ærø', email, phone: '+4522334455', licenceClass: 'B' as const };
    const enrolled = done(await office.api.POST('/v1/schools/{schoolId}/students', { params: { path }, body }));
    await test.settle();

    const [invitation] = [...test.sandbox.mail.mailbox.values()].filter(({ envelope }) => envelope.to.includes(email));
    const token = /token=([\w-]+)/.exec(invitation!.text!)![1]!;
    const anybody = new JustDrivingClient({ baseUrl: test.url });
    const accepted = { body: { token, password: 'red light, green light' } };
    const session = done(await anybody.api.POST('/v1/auth/invitations/accept', accepted));
    const sofie = new JustDrivingClient({ baseUrl: test.url, tokens: session });
    const { items: types } = done(await sofie.api.GET('/v1/schools/{schoolId}/lesson-types', { params: { path } }));
    const lessonTypeId = types[0]!.id;
    const query = { lessonTypeId, from: '2026-11-24' };
    const { items: times } = done(
      await sofie.api.GET('/v1/schools/{schoolId}/free-times', { params: { path, query } }),
    );
    const wish = { lessonTypeId, startsAt: times[0]!.startsAt };
    const booked = done(await sofie.api.POST('/v1/schools/{schoolId}/bookings', { params: { path }, body: wish }));
    expect(booked).toMatchObject({ state: 'booked', startsAt: wish.startsAt });

    const { id: invoiceId } = done(
      await office.api.POST('/v1/schools/{schoolId}/invoices', { params: { path }, body: { studentId: enrolled.id } }),
    );
    const params = { path: { ...path, invoiceId } };
    const { url } = done(await sofie.api.POST('/v1/schools/{schoolId}/invoices/{invoiceId}/checkout', { params }));
    const card = new URLSearchParams({ card: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' });
    expect((await fetch(url, { method: 'POST', body: card, redirect: 'manual' })).status).toBeLessThan(400);
    await test.settle();
    const invoice = done(await sofie.api.GET('/v1/schools/{schoolId}/invoices/{invoiceId}', { params }));
    expect(invoice.state).toBe('paid');
  });
});

/** What was answered. @throws ProblemError */
function done<Answer>({ data, error, response }: { data?: Answer; error?: unknown; response: Response }): Answer {
  if (data === undefined) throw new ProblemError(response.status, error as never);
  return data;
}
