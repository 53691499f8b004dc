import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JustDrivingClient, ProblemError, type Tokens } from '../../clients/typescript/src/client.js';
import { SetPassword } from '../../src/modules/identity/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { addDays, localDate } from '../../src/platform/values/zone.js';
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

  it('walks the README’s way, from an empty school to a lesson that is booked, paid, cancelled and in the books', async () => {
    const school = '/v1/schools/{schoolId}';
    const path = { schoolId: stage.schoolId };
    const office = new JustDrivingClient({ baseUrl: test.url });
    await office.logIn(`owner@${stage.slug}.example`, password);
    const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '06:00', ends: '22:00' }));
    const tove = { name: 'Tove Krogh', email: 'tove@klient.example', phone: '+4521334455' };
    const teacher = { ...tove, licenceClasses: ['B' as const], workingHours: days };
    const { id: teacherId } = done(await office.api.POST(`${school}/teachers`, { params: { path }, body: teacher }));
    const car = { name: 'Golf', plate: 'TR12345', licenceClass: 'B' as const, gearbox: 'manual' as const };
    const { id: vehicleId } = done(await office.api.POST(`${school}/vehicles`, { params: { path }, body: car }));
    const lesson = {
      name: 'Køretime B',
      minutes: 45,
      price: { amount: 65_000, currency: 'DKK' },
      vatRateBp: 2500,
      needsVehicle: true,
      licenceClass: 'B' as const,
      setupMinutes: 0,
      bufferMinutes: 0,
      cancelNoticeHours: 24,
      cancelFee: { amount: 30_000, currency: 'DKK' },
      bookableByStudents: true,
    };
    const type = done(await office.api.POST(`${school}/lesson-types`, { params: { path }, body: lesson }));
    const email = 'sofie@klient.example';
    const body = { name: 'Sofie Ærø', email, phone: '+4522334455', licenceClass: 'B' as const };
    const enrolled = done(await office.api.POST(`${school}/students`, { params: { path }, body }));
    await test.settle();

    const sofiesMails = () =>
      [...test.sandbox.mail.mailbox.values()].filter(({ envelope }) => envelope.to.includes(email));
    const token = /token=([\w-]+)/.exec(sofiesMails()[0]!.text!)![1]!;
    const anybody = new JustDrivingClient({ baseUrl: test.url });
    const accepted = { body: { token, password: 'red light, green light' } };
    const session = done(await anybody.api.POST('/v1/auth/invitations/accept', accepted));
    const sofie = new JustDrivingClient({ baseUrl: test.url, tokens: session });
    const query = { lessonTypeId: type.id, teacherId, vehicleId, from: dayFromNow(2) };
    const { items: times } = done(await sofie.api.GET(`${school}/free-times`, { params: { path, query } }));
    const wish = { lessonTypeId: type.id, teacherId, vehicleId, startsAt: times[0]!.startsAt };
    const booked = done(await sofie.api.POST(`${school}/bookings`, { params: { path }, body: wish }));
    expect(booked).toMatchObject({ state: 'booked', startsAt: wish.startsAt });
    const late = await office.api.POST(`${school}/bookings`, {
      params: { path },
      body: { ...wish, studentId: student.id },
    });
    expect([late.response.status, late.error?.code]).toEqual([409, 'booking.slot_taken']);
    await test.settle();
    expect(sofiesMails().map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/^Booket: Køretime B/));

    const bill = { studentId: enrolled.id };
    const { id: invoiceId } = done(await office.api.POST(`${school}/invoices`, { params: { path }, body: bill }));
    const params = { path: { ...path, invoiceId } };
    const { url } = done(await sofie.api.POST(`${school}/invoices/{invoiceId}/checkout`, { params }));
    const card = new URLSearchParams({ card: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' });
    expect((await fetch(url, { method: 'POST', body: card, redirect: 'manual' })).status).toBeLessThan(400);
    await test.settle();
    const invoice = done(await sofie.api.GET(`${school}/invoices/{invoiceId}`, { params }));
    expect(invoice).toMatchObject({ state: 'paid', number: expect.any(Number) });
    const paper = await sofie.api.GET(`${school}/invoices/{invoiceId}/pdf`, { params, parseAs: 'arrayBuffer' });
    expect(Buffer.from(done(paper)).subarray(0, 5).toString()).toBe('%PDF-');

    const mine = { path: { ...path, bookingId: booked.id } };
    const reason = { reason: 'Syg' };
    const { fee } = done(await sofie.api.POST(`${school}/bookings/{bookingId}/cancel`, { params: mine, body: reason }));
    expect(fee).toEqual({ amount: 0, currency: 'DKK' });
    const today = { path, query: { date: dayFromNow(0) } };
    const journal = await office.api.GET(`${school}/accounting/journal.csv`, { params: today, parseAs: 'text' });
    expect(done(journal)).toContain(String(invoice.number));
  });
});

/** 'YYYY-MM-DD' in Denmark. */
function dayFromNow(days: number): string {
  return addDays(localDate(test.clock.now(), 'Europe/Copenhagen'), days);
}

/** What was answered. @throws ProblemError */
function done<Answer>({ data, error, response }: { data?: Answer; error?: unknown; response: Response }): Answer {
  if (data === undefined) throw new ProblemError(response.status, error as never);
  return data;
}
