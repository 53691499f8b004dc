import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { FinanceAudit } from '../../src/modules/finance/index.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const owner = () => till.nord.owner;

async function cashTill(): Promise<Id> {
  return (await owner().post('/cash-tills', { name: 'Kontoret' }).expect(201)).body.id;
}

/** @returns the session's id */
async function opened(float = 500): Promise<Id> {
  const body = { float: krone(float) };
  return (
    await owner()
      .post(`/cash-tills/${await cashTill()}/sessions`, body)
      .expect(201)
  ).body.id;
}

const session = async (id: Id) => (await owner().get(`/cash-sessions/${id}`).expect(200)).body;
const close = (id: Id, kroner: number) => owner().post(`/cash-sessions/${id}/close`, { counted: krone(kroner) });

async function cash(kroner: number, more: object = {}) {
  const { id: studentId } = await till.newStudent();
  const body = { studentId, amount: krone(kroner), method: 'cash', receivedOn: till.today(), ...more };
  const { id: paymentId } = (await owner().post('/payments', body).expect(201)).body;
  return { studentId, paymentId: paymentId as Id };
}

async function findings(): Promise<string[]> {
  return till.nord.run(() => till.test.app.get(FinanceAudit, { strict: false }).verify());
}

describe('a till', () => {
  it('knows what should be in it, and books what is too much or too little', async () => {
    const id = await opened();
    const { paymentId } = await cash(200);
    await cash(100, { method: 'bank_transfer' });
    const { paymentId: mistake } = await cash(50);
    await owner().post(`/payments/${mistake}/reversal`, { reason: 'Fejl' }).expect(200);
    await owner()
      .post(`/payments/${paymentId}/payouts`, { amount: krone(30), method: 'cash', reason: 'x' })
      .expect(201);
    await owner()
      .post(`/cash-sessions/${id}/bankings`, { amount: krone(400) })
      .expect(200);
    expect(
      (
        await owner()
          .post(`/cash-sessions/${id}/bankings`, { amount: krone(271) })
          .expect(422)
      ).body,
    ).toMatchObject({
      code: 'till.not_so_much',
      expected: krone(270),
    });
    expect(await session(id)).toMatchObject({
      float: krone(500),
      taken: krone(250),
      reversed: krone(50),
      refunded: krone(30),
      banked: krone(400),
      expected: krone(270),
      counted: null,
      difference: null,
    });
    const { items } = (await owner().get(`/cash-sessions/${id}/movements`).expect(200)).body;
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([
      'payment',
      'payment',
      'reversal',
      'refund',
      'banked',
    ]);
    expect((await close(id, 260).expect(200)).body).toMatchObject({ counted: krone(260), difference: krone(-10) });
    expect((await close(id, 260).expect(409)).body.code).toBe('till.closed');
  });

  it('is opened once, and closed once, however many do it at once', async () => {
    const tillId = await cashTill();
    const open = () => owner().post(`/cash-tills/${tillId}/sessions`, { float: krone(0) });
    const answers = await Promise.all([open(), open(), open()]);
    expect(statusesOf(answers)).toEqual([201, 409, 409]);
    const id = answers.find(({ status }) => status === 201)!.body.id;
    const [taken, ...closed] = await Promise.all([cash(100), close(id, 100), close(id, 100)]);
    expect(statusesOf(closed)).toEqual([200, 409]);
    expect(taken.paymentId).toBeDefined();
    await open()
      .expect(201)
      .then(({ body }) => close(body.id, 5).expect(200));
    const { items } = (await owner().get(`/cash-sessions?tillId=${tillId}`).expect(200)).body;
    expect(items).toMatchObject([{ difference: krone(5) }, {}]);
  });

  it('takes back a mistake only while it is open', async () => {
    const id = await opened(0);
    const { paymentId } = await cash(100);
    await close(id, 0).expect(200);
    const reverse = () => owner().post(`/payments/${paymentId}/reversal`, { reason: 'Fejl' });
    expect((await reverse().expect(409)).body.code).toBe('till.closed');
    const { tillId } = await session(id);
    const again = (
      await owner()
        .post(`/cash-tills/${tillId}/sessions`, { float: krone(0) })
        .expect(201)
    ).body.id;
    await reverse().expect(200);
    expect((await close(again, 0).expect(200)).body).toMatchObject({ difference: krone(100) });
  });

  it('pays out no more than it should hold, however many ask at once', async () => {
    const id = await opened(100);
    const { studentId, paymentId } = await cash(200, { method: 'bank_transfer' });
    const out = (kroner: number) =>
      owner().post(`/payments/${paymentId}/payouts`, { amount: krone(kroner), method: 'cash', reason: 'x' });
    expect((await out(101).expect(422)).body).toMatchObject({ code: 'till.not_so_much', expected: krone(100) });
    expect(statusesOf(await Promise.all([out(60), out(60)]))).toEqual([201, 422]);
    const give = (kroner: number) =>
      owner().post(`/students/${studentId}/credit-refunds`, { amount: krone(kroner), method: 'cash', reason: 'x' });
    expect((await give(41).expect(422)).body).toMatchObject({ code: 'till.not_so_much', expected: krone(40) });
    await give(40).expect(201);
    expect(await session(id)).toMatchObject({ refunded: krone(100), expected: krone(0) });
    await close(id, 0).expect(200);
    await out(10).expect(201);
  });

  it('is refused what makes no sense', async () => {
    const tillId = await cashTill();
    const open = (float: object) => owner().post(`/cash-tills/${tillId}/sessions`, { float });
    expect((await open(krone(-1)).expect(422)).body.code).toBe('money.negative');
    expect((await open({ amount: 1, currency: 'EUR' }).expect(422)).body.code).toBe('money.wrong_currency');
    await owner()
      .post(`/cash-tills/${newId()}/sessions`, { float: krone(0) })
      .expect(404);
    await till.syd.owner.post(`/cash-tills/${tillId}/sessions`, { float: krone(0) }).expect(404);
    await close(newId(), 0).expect(404);
  });

  it('that does not add up is found', async () => {
    const id = await opened();
    await close(id, 500).expect(200);
    const change = (column: string, by: number) =>
      till.nord.run(() =>
        sql`UPDATE cash_sessions SET ${sql.ref(column)} = ${sql.ref(column)} + ${by} WHERE id = ${bin(id)}`.execute(
          globalQuery(till.test.em),
        ),
      );
    await change('counted_minor', 1);
    expect(await findings()).toEqual([expect.stringContaining('the difference of a counted till is posted')]);
    await change('counted_minor', -1);
    await change('float_minor', 1);
    expect(await findings()).toEqual([expect.stringContaining('a closed till expected its float')]);
    await change('float_minor', -1);
  });
});
