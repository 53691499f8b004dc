import { RequestContext } from '@mikro-orm/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordPaymentOutcome } from '../../src/modules/finance/use-cases/record-payment-outcome.js';
import { InviteUser } from '../../src/modules/identity/index.js';
import { DocumentMessages } from '../../src/modules/notifications/jobs/document-messages.js';
import type { Id } from '../../src/platform/values/id.js';
import { addDays, atLocal, localDate } from '../../src/platform/values/zone.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Person, Stage } from './stage.js';

let test: TestApp;
let stage: Stage;
const zone = 'Europe/Copenhagen';

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'besked');
});
beforeEach(() => test.sandbox.reset());
afterAll(() => test.close());

const subjectsTo = (person: { email: string; phone: string }) =>
  stage.arrivedAt(person as Person).mails.map(({ subject }) => subject);

describe('somebody who was invited', () => {
  it('is welcomed by the school once he is in', async () => {
    const email = 'ny@besked.example';
    await stage.inside(() => stage.get(InviteUser).execute({ email, name: 'Ny Mand', role: 'office' }));
    await test.settle();
    const [mail] = stage.arrivedAt({ email, phone: '' } as Person).mails;
    const token = /token=([^&"\s]+)/.exec(mail!.text!)![1]!;
    const password = 'en lang og god adgangskode 77';
    await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(200);
    await test.settle();
    expect(subjectsTo({ email, phone: '' })).toEqual([
      'Velkommen til Køreskolen besked',
      'Din adgang til Køreskolen besked er klar',
    ]);
  });
});

describe('a student who joins the waiting list', () => {
  it('hears that he waits, and for what', async () => {
    const student = await stage.student();
    const fromDate = addDays(localDate(test.clock.now(), zone), 3);
    const wish = { lessonTypeId: stage.lessonTypeId, fromDate, untilDate: addDays(fromDate, 10) };
    const { body: entry } = await stage.post(student, 'waiting-list', wish).expect(201);
    await test.settle();
    const { mails, texts } = stage.arrivedAt(student);
    expect(mails.map(({ subject }) => subject)).toEqual(['Du er på ventelisten: Kørelektion B']);
    expect(mails[0]!.text).toMatch(/^Fra: \d+\. \w+ \d{4}\nTil: /m);
    expect(texts).toEqual([]);
    expect(await stage.messagesTo(student)).toMatchObject([{ subjectId: entry.id, state: 'sent' }]);
  });
});

describe('a paper that expires', () => {
  const dayBefore = (expiresOn: string, days: number) => atLocal(addDays(expiresOn, -days), '09:25', zone);
  const run = (at: Date) => RequestContext.create(test.em, () => stage.get(DocumentMessages).tell(at));
  const upload = async (student: Person, expiresOn: string, kind = 'first_aid_proof') => {
    const path = `/v1/schools/${stage.schoolId}/students/${student.id}/documents?kind=${kind}&expiresOn=${expiresOn}`;
    const request = test.http.post(path).set('authorization', `Bearer ${student.token}`);
    await request.attach('file', Buffer.from('%PDF-1.7'), 'a.pdf').expect(201);
  };
  const news = async (student: Person) => {
    await test.settle();
    return subjectsTo(student).length;
  };

  it('is told of a month and a week before, once each, also when a day was missed', async () => {
    const student = await stage.student();
    await upload(student, '2027-06-30');
    const told: number[] = [];
    for (const days of [31, 29, 29, 8, 6, 6, 0, -1]) {
      await run(dayBefore('2027-06-30', days));
      told.push(await news(student));
    }
    expect(told).toEqual([0, 1, 1, 1, 2, 2, 2, 2]);
    expect(subjectsTo(student)[0]).toBe('Dit førstehjælpsbevis udløber 30. juni 2027');
    expect(stage.arrivedAt(student).texts[0]!.body).toMatch(/^Køreskolen besked: Dit førstehjælpsbevis udløber /);
  });

  it('is not told of when a newer one is there', async () => {
    const student = await stage.student();
    await upload(student, '2027-08-30');
    await upload(student, '2028-08-30');
    await run(dayBefore('2027-08-30', 20));
    expect(await news(student)).toBe(0);
    expect(await stage.messagesTo(student)).toMatchObject([
      { state: 'dropped', reason: 'a newer document is there' },
      { state: 'dropped' },
    ]);
  });
});

describe('a payment that failed at the payment page', () => {
  it.each([
    ['declined', 1],
    ['aborted', 0],
  ])('is told to the student, unless he turned back himself: %s', async (reason, messages) => {
    const [student, owner] = [await stage.student(), await stage.owner()];
    await stage.book(student);
    const { body: invoice } = await stage.post(owner, 'invoices', { studentId: student.id }).expect(201);
    const { body: checkout } = await stage.post(student, `invoices/${invoice.id}/checkout`);
    const paymentId = checkout.paymentId as Id;
    const ref = checkout.url ? new URL(checkout.url).pathname.split('/').at(-1)! : '';
    await stage.inside(() => stage.get(RecordPaymentOutcome).execute(paymentId, { state: 'failed', ref, reason }));
    await test.settle();
    const told = subjectsTo(student).filter((each) => each.startsWith('Betalingen af faktura'));
    expect(told).toEqual(
      Array.from({ length: messages }, () => `Betalingen af faktura ${invoice.number} gik ikke igennem`),
    );
  });
});
