import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { Stage } from './stage.js';

let test: TestApp;
let stage: Stage;

beforeAll(async () => {
  test = await startTestApp();
  stage = await Stage.open(test, 'penge');
});
afterAll(() => test.close());

describe('what a student hears about money', () => {
  it('is the invoice with its PDF, and the receipt once it is paid', async () => {
    const student = await stage.student();
    const owner = await stage.owner();
    await stage.book(student);
    const { body: invoice } = await stage.post(owner, 'invoices', { studentId: student.id }).expect(201);
    await test.settle();
    const sent = () => stage.arrivedAt(student).mails;
    const bill = sent().find((each) => each.subject === `Faktura ${invoice.number} fra Køreskolen penge`);
    expect(bill?.text).toContain('Beløb: 650,00 kr.');
    expect(bill?.attachments).toMatchObject([{ name: `faktura-${invoice.number}.pdf`, type: 'application/pdf' }]);
    expect(bill?.attachments[0]?.content.subarray(0, 5).toString()).toBe('%PDF-');

    const { body: checkout } = await stage
      .post(student, `invoices/${invoice.id as Id}/checkout`)
      .expect((answer) => expect([200, 201]).toContain(answer.status));
    await fetch(checkout.url as string, {
      method: 'POST',
      body: new URLSearchParams({ card: '4242424242424242' }),
      redirect: 'manual',
    });
    await until(() => sent().some((each) => each.subject === `Kvittering: faktura ${invoice.number}`));
    await test.settle();
    expect(sent().filter((each) => each.subject.startsWith('Kvittering'))).toHaveLength(1);
    expect(test.sandbox.violations).toEqual([]);
  });
});
