import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/values/id.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const book = { description: 'Lærebog', quantity: 2, unitGross: krone(125), vatRateBp: 2500 };

describe('a draft', () => {
  it('is written of charges and free lines, changed, and issued once', async () => {
    const { owner } = till.nord;
    const { id: studentId } = await till.newStudent();
    const [lesson, other] = [await till.charge(studentId), await till.charge(studentId, 100, 0)];
    const { body: draft } = await owner.post('/invoice-drafts', { studentId, lines: [book] }).expect(201);
    expect(draft).toMatchObject({ studentId, gross: krone(1_000), vat: krone(180), paymentTermsDays: null });
    expect(draft.lines.map(({ chargeId }: { chargeId: string }) => chargeId)).toEqual([lesson, other, null]);
    expect(await till.balance(studentId)).toBe(0);

    const path = `/invoice-drafts/${draft.id}`;
    const change = { chargeIds: [lesson], lines: [book], paymentTermsDays: 30, reference: 'Rekvisition 4711' };
    const { headers } = await owner.get(path).expect(200);
    const changed = await owner.put(path, change).set('if-match', headers['etag']!).expect(200);
    expect(changed.body).toMatchObject({ gross: krone(900), reference: 'Rekvisition 4711' });
    expect((await owner.put(path, change).set('if-match', headers['etag']!).expect(412)).body.code).toBe(
      'request.precondition_failed',
    );

    const answers = await Promise.all(Array.from({ length: 5 }, () => owner.post(`${path}/issue`)));
    expect(statusesOf(answers)).toEqual([201, 404, 404, 404, 404]);
    const invoice = answers.find(({ status }) => status === 201)!.body;
    expect(invoice).toMatchObject({
      gross: krone(900),
      dueOn: addDays(till.today(), 30),
      buyer: { name: 'Freja Lund', reference: 'Rekvisition 4711', student: null },
      lines: [
        { chargeId: lesson, quantity: 1, gross: krone(650) },
        { chargeId: null, description: 'Lærebog', quantity: 2, unitGross: krone(125), gross: krone(250) },
      ],
    });
    expect(await till.balance(studentId)).toBe(90_000);
    expect((await owner.get(`/charges?studentId=${studentId}&state=open`)).body.items).toMatchObject([{ id: other }]);
    await owner.get(path).expect(404);
  });

  it('holds no charge: whichever invoice is issued first has it', async () => {
    const { owner } = till.nord;
    const { id: studentId } = await till.newStudent();
    const chargeIds = [await till.charge(studentId)];
    const drafts = await Promise.all(
      [1, 2].map(async () => (await owner.post('/invoice-drafts', { studentId, chargeIds }).expect(201)).body.id),
    );
    const answers = await Promise.all(drafts.map((id) => owner.post(`/invoice-drafts/${id}/issue`)));
    expect(statusesOf(answers)).toEqual([201, 409]);
    const { body: left } = await owner.get(`/invoice-drafts?studentId=${studentId}`).expect(200);
    expect(left.items).toHaveLength(1);
    const { body: stale } = await owner.get(`/invoice-drafts/${left.items[0].id}`).expect(200);
    expect(stale.lines).toMatchObject([{ chargeState: 'invoiced' }]);
    await owner.delete(`/invoice-drafts/${stale.id}`).expect(204);
    await owner.delete(`/invoice-drafts/${stale.id}`).expect(404);
  });

  it('refuses what makes no sense', async () => {
    const { owner } = till.nord;
    const { id: studentId } = await till.newStudent();
    const refused = async (body: object, status: number) =>
      (await owner.post('/invoice-drafts', { studentId, ...body }).expect(status)).body.code;
    expect(await refused({ lines: [{ ...book, unitGross: krone(-1) }] }, 422)).toBe('money.not_positive');
    expect(await refused({ lines: [{ ...book, unitGross: { amount: 1, currency: 'EUR' } }] }, 422)).toBe(
      'money.wrong_currency',
    );
    expect(await refused({ chargeIds: [newId()] }, 404)).toBe('charge.not_found');
    expect(await refused({ studentId: newId() }, 404)).toBe('student.not_found');
    await refused({ lines: [{ ...book, quantity: 0 }] }, 400);
    await refused({ lines: [{ ...book, quantity: 1.5 }] }, 400);
    await refused({ paymentTermsDays: 91 }, 400);
    const { body: empty } = await owner.post('/invoice-drafts', { studentId }).expect(201);
    expect(empty).toMatchObject({ lines: [], gross: krone(0), vatByRate: [] });
    expect((await owner.post(`/invoice-drafts/${empty.id}/issue`).expect(409)).body.code).toBe('invoice_draft.empty');
    await till.syd.owner.get(`/invoice-drafts/${empty.id}`).expect(404);
    await till.syd.owner.post(`/invoice-drafts/${empty.id}/issue`).expect(404);
    await till.nord.student.caller.get(`/invoice-drafts/${empty.id}`).expect(403);
  });
});

describe('billing details', () => {
  const payer = {
    payerName: 'Nordhavn Kommune',
    addressLine: 'Rådhuspladsen 1',
    postcode: '2150',
    city: 'Nordhavn',
    cvr: '61126228',
    ean: '5790000000005',
    reference: 'Elev 7',
  };

  it('are on the invoices issued from then on, and on none of before', async () => {
    const { owner } = till.nord;
    const { id: studentId } = await till.newStudent();
    const path = `/students/${studentId}/billing-details`;
    expect((await owner.get(path).expect(200)).body).toMatchObject({ payerName: null, ean: null });
    await till.charge(studentId);
    const { body: before } = await owner.post('/invoices', { studentId }).expect(201);
    expect((await owner.put(path, payer).expect(200)).body).toEqual(payer);
    await till.charge(studentId);
    const { body: after } = await owner.post('/invoices', { studentId }).expect(201);
    const { payerName: name, ...rest } = payer;
    expect(after.buyer).toEqual({ name, ...rest, student: 'Freja Lund' });
    expect((await till.invoice(before.id)).buyer).toMatchObject({ name: 'Freja Lund', ean: null, student: null });

    await owner.put(path, { ...payer, payerName: null }).expect(200);
    await till.charge(studentId);
    const { body: own } = await owner.post('/invoices', { studentId }).expect(201);
    expect(own.buyer).toMatchObject({ name: 'Freja Lund', addressLine: null, ean: payer.ean, student: null });
  });

  it('have numbers that check', async () => {
    const { owner, student } = till.nord;
    const path = `/students/${student.id}/billing-details`;
    const refused = async (change: object, status: number) =>
      (await owner.put(path, { ...payer, ...change }).expect(status)).body.code;
    expect(await refused({ ean: '5790000000006' }, 422)).toBe('billing.invalid_ean');
    expect(await refused({ cvr: '61126229' }, 422)).toBe('billing.invalid_cvr');
    await refused({ ean: '579' }, 400);
    await till.syd.owner.put(path, payer).expect(404);
    await student.caller.get(path).expect(403);
  });
});

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
