import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, platformAdmin, type TestSchool } from '../support/test-school.js';

const day = 86_400_000;

let test: TestApp;
let school: TestSchool;

beforeAll(async () => {
  test = await startTestApp();
  school = await openTestSchool(test, 'dokument');
});
afterAll(() => test.close());

/** The answer's body, once it is this operation's with this status; that it is as documented is seen to at every call. */
async function documented(operationId: string, call: PromiseLike<Response>, status = 200) {
  const answer = await call;
  const { method, path } = (answer as unknown as { req: { method: string; path: string } }).req;
  const operation = test.document.operationOf(method, new URL(path, test.url).pathname);
  expect([operation?.operationId, answer.status]).toEqual([operationId, status]);
  return answer.body;
}

/** Noon, so many days from now. */
function noon(days: number): string {
  return `${new Date(test.clock.now().getTime() + days * day).toISOString().slice(0, 10)}T12:00:00Z`;
}

function lesson(days: number) {
  return { lessonTypeId: school.lessonTypeId, studentId: school.student.id, startsAt: noon(days) };
}

describe('answers are what the document says', () => {
  it('about schools and their people', async () => {
    const admin = await platformAdmin(test);
    await documented('listSchools', admin.get('/v1/schools'));
    const { owner, teacher, student } = school;
    await documented('getSchool', owner.get());
    await documented('listTeachers', student.caller.get('/teachers'));
    await documented('getTeacher', owner.get(`/teachers/${teacher.id}`));
    await documented('getWorkingHours', owner.get(`/teachers/${teacher.id}/working-hours`));
    await documented('listVehicles', owner.get('/vehicles'));
    await documented('listLessonTypes', owner.get('/lesson-types'));
    await documented('listStudents', owner.get('/students'));
    await documented('getMyStudent', student.caller.get('/students/me'));
    const off = { startsAt: noon(40), endsAt: noon(41), reason: null };
    await documented('addTimeOff', teacher.caller.post(`/teachers/${teacher.id}/time-off`, off), 201);
    await documented('listTimeOff', owner.get(`/teachers/${teacher.id}/time-off`));
  });

  it('about the diary', async () => {
    const { owner, student } = school;
    await documented('findFreeTimes', student.caller.get(`/free-times?lessonTypeId=${school.lessonTypeId}`));
    const { id } = await documented('bookLesson', owner.post('/bookings', lesson(3)), 201);
    await documented('bookLesson', owner.post('/bookings', lesson(3)), 409);
    await documented('listBookings', student.caller.get('/bookings'));
    await documented('previewCancellation', student.caller.get(`/bookings/${id}/cancellation`));
    await documented('rescheduleBooking', owner.post(`/bookings/${id}/reschedule`, { startsAt: noon(4) }));
    await documented('completeBooking', owner.post(`/bookings/${id}/complete`), 409);
    await documented('cancelBooking', student.caller.post(`/bookings/${id}/cancel`, { reason: 'Syg' }));
    await documented('getBooking', owner.get(`/bookings/${id}`));
  });

  it('about money', async () => {
    const { owner, student } = school;
    await documented('bookLesson', owner.post('/bookings', lesson(5)), 201);
    await documented('listCharges', owner.get('/charges'));
    const { id } = await documented('issueInvoice', owner.post('/invoices', { studentId: student.id }), 201);
    await documented('issueInvoice', owner.post('/invoices', { studentId: student.id }), 409);
    await documented('listInvoices', student.caller.get('/invoices'));
    const { paymentId, url } = await documented('createCheckout', student.caller.post(`/invoices/${id}/checkout`), 201);
    await pay(url);
    await documented('getPayment', owner.get(`/payments/${paymentId}`));
    await documented('listPayments', owner.get('/payments'));
    await documented('refundPayment', owner.post(`/payments/${paymentId}/refunds`, { reason: 'Fejl' }), 202);
    await documented('creditInvoice', owner.post(`/invoices/${id}/credit-notes`, {}), 201);
    await documented('getInvoice', owner.get(`/invoices/${id}`));
    await documented('getStudentAccount', owner.get(`/students/${student.id}/account`));
    await documented('getFinanceSettings', owner.get('/finance-settings'));
  });

  it('about messages', async () => {
    await test.settle();
    const { items } = await documented('listMessages', school.owner.get('/messages'));
    await documented('getMessage', school.owner.get(`/messages/${items[0].id}`));
    const days = 'from=2026-01-01&until=2026-12-31';
    await documented('getMessageUsage', school.owner.get(`/messages/usage?${days}`));
    await documented('getMessageUsage', school.owner.get('/messages/usage?from=2026-01-01&until=2025-12-31'), 422);
  });

  it('when they refuse', async () => {
    await documented('getBooking', school.owner.get(`/bookings/${school.id}`), 404);
    await documented('createCharge', school.owner.post('/charges', {}), 400);
    await documented('createCharge', school.student.caller.post('/charges', {}), 403);
  });
});

async function pay(url: string): Promise<void> {
  const checkout = test.sandbox.stripe.account.checkout(url.split('/').at(-1)!);
  await test.sandbox.stripe.pay(checkout, '4242424242424242');
  await test.settle();
}

describe('a call of a test', () => {
  const path = '/health/live';
  const answer = (status: number, type: string, body: object) =>
    ({ status, headers: { 'content-type': type }, body, text: JSON.stringify(body) }) as unknown as Response;
  const complaints = (...parts: Parameters<typeof answer>) => test.document.complaints('get', path, answer(...parts));

  it('fails when its answer is not what the document says', () => {
    expect(complaints(200, 'application/json', { status: 'ok' })).toEqual([]);
    expect(complaints(418, 'application/json', {})).toEqual(['getLiveness documents no 418']);
    expect(complaints(200, 'text/html', {})).toEqual(['getLiveness documents application/json for 200, not text/html']);
    expect(complaints(200, 'application/json', { status: 'ok', secret: 1 })).toEqual([
      expect.stringContaining('must NOT have additional properties'),
    ]);
    expect(complaints(500, 'application/problem+json', { code: 'internal' })).not.toEqual([]);
  });
});
