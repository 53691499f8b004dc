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

  it('is the receipt of money that staff took in too, and not of credit that was used', async () => {
    const student = await stage.student();
    const owner = await stage.owner();
    await stage.book(student);
    const { body: invoice } = await stage.post(owner, 'invoices', { studentId: student.id }).expect(201);
    const amount = { amount: 70_000, currency: 'DKK' };
    const receivedOn = invoice.issuedOn as string;
    await stage.post(owner, 'payments', { studentId: student.id, method: 'cash', amount, receivedOn }).expect(201);
    await test.settle();
    const receipts = () => stage.arrivedAt(student).mails.filter(({ subject }) => subject.startsWith('Kvittering'));
    expect(receipts()).toMatchObject([{ subject: `Kvittering: faktura ${invoice.number}` }]);
    expect(receipts()[0]!.text).toContain('700,00 kr.');
    await stage.book(student);
    const { body: next } = await stage.post(owner, 'invoices', { studentId: student.id }).expect(201);
    await stage.post(owner, `students/${student.id}/credit-uses`, { invoiceId: next.id }).expect(200);
    await test.settle();
    expect(receipts()).toHaveLength(1);
  });

  it('has the way to pay, comes again when the office sends it again, and is followed by its credit note', async () => {
    const student = await stage.student();
    const owner = await stage.owner();
    await stage.book(student);
    const { body: invoice } = await stage.post(owner, 'invoices', { studentId: student.id }).expect(201);
    await test.settle();
    const bills = () => stage.arrivedAt(student).mails.filter(({ subject }) => subject.startsWith('Faktura'));
    expect(bills()).toHaveLength(1);
    const link = /https?:[^ ]+\/pay\/[\w-]{22}/.exec(bills()[0]!.text ?? '')![0];
    await test.http.get(new URL(link).pathname).expect(200);
    await stage.post(owner, `invoices/${invoice.id as Id}/mailings`).expect(202);
    await test.settle();
    expect(bills()).toHaveLength(2);
    expect(bills()[1]!.text).toContain(link);
    const { body: log } = await stage.read(owner, `messages?subjectId=${invoice.id as Id}`).expect(200);
    expect(log.items.map(({ state }: { state: string }) => state)).toEqual(['sent', 'sent']);

    const { body: note } = await stage.post(owner, `invoices/${invoice.id as Id}/credit-notes`, {}).expect(201);
    await test.settle();
    const paper = stage.arrivedAt(student).mails.find(({ subject }) => subject.startsWith('Kreditnota'));
    expect(paper?.attachments).toMatchObject([{ name: `kreditnota-${note.number}.pdf`, type: 'application/pdf' }]);
    expect(paper?.text).not.toContain('/pay/');
  });
});
