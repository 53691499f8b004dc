import { expect } from '@jest/globals';
import { FinanceAudit } from '../../src/modules/finance/index.js';
import { ReconcilePayments } from '../../src/modules/finance/jobs/reconcile-payments.js';
import type { Id } from '../../src/platform/values/id.js';
import { localDate } from '../../src/platform/values/zone.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const card = '4242424242424242';

export const krone = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

export const statusesOf = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).sort((a, b) => a - b);

export interface Invoiced {
  readonly student: Caller;
  readonly studentId: Id;
  readonly invoiceId: Id;
  readonly number: number;
}

/** Two schools, and what a test of money does at the first one's till. */
export class Till {
  private students = 0;

  private constructor(
    readonly test: TestApp,
    readonly nord: TestSchool,
    readonly syd: TestSchool,
  ) {}

  static async open(env: Record<string, string> = {}, log?: (line: string) => void): Promise<Till> {
    return Till.at(await startTestApp({ env, log }));
  }

  static async at(test: TestApp): Promise<Till> {
    return new Till(test, await openTestSchool(test, 'nord'), await openTestSchool(test, 'syd'));
  }

  /** After each test: the clock runs, nothing fails on demand, and the books of both schools add up. */
  async tidy(): Promise<void> {
    this.test.sandbox.faults.clear();
    // What is due by the test's clock would not be due for long by the real one.
    await this.test.settle();
    this.test.clock.follow();
    for (const school of [this.nord, this.syd]) {
      expect(await school.run(() => this.test.app.get(FinanceAudit, { strict: false }).verify())).toEqual([]);
    }
  }

  close(): Promise<void> {
    return this.test.close();
  }

  /** Another one for each test, so that nothing of another test is on his account. */
  newStudent() {
    return this.nord.enrol(`finance${(this.students += 1)}@nord.example`);
  }

  async charge(studentId: Id, price = 650, vatRateBp = 2500): Promise<Id> {
    const body = { studentId, description: 'Kørelektion – æøå', gross: krone(price), vatRateBp };
    return (await this.nord.owner.post('/charges', body).expect(201)).body.id;
  }

  async invoiced(price = 650): Promise<Invoiced> {
    const { id: studentId, caller: student } = await this.newStudent();
    await this.charge(studentId, price);
    const { body } = await this.nord.owner.post('/invoices', { studentId }).expect(201);
    return { student, studentId, invoiceId: body.id, number: body.number };
  }

  async checkout(student: Caller, invoiceId: Id): Promise<{ paymentId: Id; url: string }> {
    return (await student.post(`/invoices/${invoiceId}/checkout`).expect(201)).body;
  }

  /** The customer pays at Stripe's page, and the webhooks have had their effect. */
  async pay(url: string, number = card): Promise<void> {
    await this.test.sandbox.stripe.pay(this.sessionAt(url), number);
    await this.test.settle();
  }

  async paid(price = 650) {
    const issued = await this.invoiced(price);
    const opened = await this.checkout(issued.student, issued.invoiceId);
    await this.pay(opened.url);
    return { ...issued, ...opened };
  }

  async invoice(id: Id) {
    return (await this.nord.owner.get(`/invoices/${id}`).expect(200)).body;
  }

  async payment(id: Id) {
    return (await this.nord.owner.get(`/payments/${id}`).expect(200)).body;
  }

  /** What the student owes, in øre. */
  async balance(studentId: Id): Promise<number> {
    return (await this.nord.owner.get(`/students/${studentId}/account`).expect(200)).body.balance.amount;
  }

  reconcile(): Promise<void> {
    return this.test.app.get(ReconcilePayments, { strict: false }).run(this.test.clock.now());
  }

  /** Stripe's side of a checkout. */
  sessionAt(url: string) {
    return this.test.sandbox.stripe.account.checkout(url.split('/').at(-1)!);
  }

  sessionsOf(paymentId: Id) {
    const all = [...this.test.sandbox.stripe.account.checkouts.values()];
    return all.filter(({ session }) => session.client_reference_id === paymentId);
  }

  today(): string {
    return localDate(this.test.clock.now(), 'Europe/Copenhagen');
  }
}
