import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { globalQuery, type Tables } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import type { InvoiceLineSchema } from '../../src/modules/finance/domain/invoice-line.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;
let productId: Id;

beforeAll(async () => {
  till = await Till.open();
  const { owner, lessonTypeId } = till.nord;
  const sold = { code: 'KOR-B', name: 'Kørelektion B', lessonTypeId };
  productId = (await owner.post('/products', sold).expect(201)).body.id;
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const pricedFrom = (validFrom: string, price: number, vatRateBp = 2500) =>
  till.nord.owner.post(`/products/${productId}/prices`, { validFrom, gross: krone(price), vatRateBp }).expect(201);

async function booked(studentId: Id, startsAt: string) {
  const { lessonTypeId, owner } = till.nord;
  const { body } = await owner.post('/bookings', { studentId, lessonTypeId, startsAt }).expect(201);
  return body;
}

async function chargeOf(bookingId: Id, studentId: Id) {
  const { body } = await till.nord.owner.get(`/charges?studentId=${studentId}`).expect(200);
  return body.items.find(({ sourceId }: { sourceId: Id }) => sourceId === bookingId);
}

describe('a lesson', () => {
  it('costs what its type says until the price list does, and then what that says of its date', async () => {
    const { id: studentId } = await till.newStudent();
    await pricedFrom('2026-12-10', 700);
    await pricedFrom('2026-12-20', 800, 0);
    const before = await booked(studentId, '2026-12-09T09:00:00Z');
    const first = await booked(studentId, '2026-12-10T09:00:00Z');
    const second = await booked(studentId, '2026-12-21T09:00:00Z');
    expect(before.price).toEqual(krone(650));
    expect([first.price, second.price]).toEqual([krone(700), krone(800)]);
    expect(await chargeOf(second.id, studentId)).toMatchObject({ gross: krone(800), vatRateBp: 0 });

    // What was agreed stays, whatever becomes of the list.
    await pricedFrom('2026-12-10', 710);
    expect(await chargeOf(first.id, studentId)).toMatchObject({ gross: krone(700) });
    const { body: invoice } = await till.nord.owner.post('/invoices', { studentId }).expect(201);
    const lines = await globalQuery<Tables<typeof InvoiceLineSchema>>(till.test.em.fork())
      .selectFrom('invoice_lines')
      .select(['invoice_id', 'product_id'])
      .execute();
    expect(lines.filter(({ invoice_id }) => invoice_id === invoice.id).map(({ product_id }) => product_id)).toEqual([
      productId,
      productId,
      productId,
    ]);
  });

  it('costs what was agreed with the student, at the VAT of the list', async () => {
    const { id: studentId, caller } = await till.newStudent();
    await pricedFrom('2026-12-10', 700);
    const agreed = { productId, gross: krone(500), validFrom: '2026-12-15', validUntil: '2026-12-16' };
    const { body } = await till.nord.owner.post(`/students/${studentId}/agreed-prices`, agreed).expect(201);
    expect((await booked(studentId, '2026-12-15T10:00:00Z')).price).toEqual(krone(500));
    expect((await booked(studentId, '2026-12-18T10:00:00Z')).price).toEqual(krone(700));
    expect((await caller.get(`/students/${studentId}/agreed-prices`).expect(200)).body.items).toEqual([body]);
    await till.nord.owner.delete(`/agreed-prices/${body.id}`).expect(204);
    await till.nord.owner.delete(`/agreed-prices/${body.id}`).expect(404);
    expect((await booked(studentId, '2026-12-16T10:00:00Z')).price).toEqual(krone(700));
  });

  it('costs what its type says when its product is no longer sold', async () => {
    const { id: studentId } = await till.newStudent();
    await till.nord.owner.patch(`/products/${productId}`, { archived: true }).expect(200);
    expect((await booked(studentId, '2026-12-22T12:00:00Z')).price).toEqual(krone(650));
    await till.nord.owner.patch(`/products/${productId}`, { archived: false }).expect(200);
  });
});

describe('a product', () => {
  it('says its price on any day, and all that it costs', async () => {
    await pricedFrom('2026-12-10', 700);
    const { owner } = till.nord;
    const { body } = await owner.get('/products?on=2026-12-15').expect(200);
    expect(body.items).toMatchObject([{ code: 'KOR-B', price: { validFrom: '2026-12-10', gross: krone(700) } }]);
    expect((await owner.get('/products?on=2026-01-01').expect(200)).body.items[0].price).toBeNull();
    const days = (await owner.get(`/products/${productId}/prices`).expect(200)).body.items;
    expect(days.map(({ validFrom }: { validFrom: string }) => validFrom)).toEqual(['2026-12-20', '2026-12-10']);
  });

  it('refuses what makes no sense', async () => {
    const { owner, lessonTypeId } = till.nord;
    const taken = await owner.post('/products', { code: 'kor-b', name: 'Igen' }).expect(409);
    expect(taken.body.code).toBe('product.code_taken');
    const again = await owner.post('/products', { code: 'X', name: 'Igen', lessonTypeId }).expect(409);
    expect(again.body.code).toBe('product.lesson_type_taken');
    await owner.post('/products', { code: 'Y', name: 'Y', lessonTypeId: till.syd.lessonTypeId }).expect(404);
    const price = { validFrom: '2027-01-01', vatRateBp: 2500 };
    const priced = (gross: object) => owner.post(`/products/${productId}/prices`, { ...price, gross });
    expect((await priced(krone(0)).expect(422)).body.code).toBe('money.not_positive');
    expect((await priced({ amount: 1, currency: 'EUR' }).expect(422)).body.code).toBe('money.wrong_currency');
    await till.syd.owner.get(`/products/${productId}`).expect(404);
    await till.nord.student.caller.post('/products', { code: 'Z', name: 'Z' }).expect(403);
  });

  it('has one price a day, however many set it at once', async () => {
    await Promise.all([10, 20, 30, 40, 50].map((price) => pricedFrom('2027-02-01', price)));
    const days = (await till.nord.owner.get(`/products/${productId}/prices?limit=50`).expect(200)).body.items;
    expect(days.filter(({ validFrom }: { validFrom: string }) => validFrom === '2027-02-01')).toHaveLength(1);
  });
});

describe('an agreed price', () => {
  it('is agreed for a day once, however many agree at once', async () => {
    const { id: studentId } = await till.newStudent();
    const path = `/students/${studentId}/agreed-prices`;
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, day) =>
        till.nord.owner.post(path, { productId, gross: krone(500), validFrom: `2027-03-0${1 + day}` }),
      ),
    );
    expect(statusesOf(answers)).toEqual([201, 409, 409, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body.code).toBe('agreed_price.overlaps');
    const earlier = { productId, gross: krone(500), validFrom: '2027-01-01', validUntil: '2027-01-31' };
    await till.nord.owner.post(path, earlier).expect(201);
    await till.nord.owner.post(path, { ...earlier, validFrom: '2027-01-31', validUntil: null }).expect(409);
    const turned = { ...earlier, validFrom: '2028-02-01' };
    expect((await till.nord.owner.post(path, turned).expect(422)).body.code).toBe('dates.end_before_begin');
    await till.nord.owner.post(path, { ...earlier, productId: newId() }).expect(404);
    await till.nord.owner.post(`/students/${till.syd.student.id}/agreed-prices`, earlier).expect(404);
  });
});
