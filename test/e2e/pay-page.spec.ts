import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PayLinks } from '../../src/modules/finance/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const page = (path: string) => till.test.http.get(path);
const pathOf = (url: string) => new URL(url).pathname;

async function linkOf(invoiceId: Id, body = {}): Promise<string> {
  return pathOf((await till.nord.owner.post(`/invoices/${invoiceId}/pay-link`, body).expect(201)).body.url);
}

/** Presses the button. @returns where the browser is sent */
async function press(path: string): Promise<string> {
  return (await till.test.http.post(path).type('form').send({}).expect(303)).headers['location']!;
}

describe('a pay link', () => {
  it('shows what is owed, by whom and to which school, in both languages, and hides from everybody else', async () => {
    const { invoiceId, number } = await till.invoiced();
    const link = await linkOf(invoiceId);
    expect(link).toMatch(/^\/pay\/[\w-]{22}$/);
    expect(await linkOf(invoiceId)).toBe(link);
    const { text, headers } = await page(link).expect(200);
    for (const part of [
      '<html lang="da">',
      `Faktura ${number}`,
      '650,00 kr.',
      'Freja Lund',
      'Betal nu',
      'method="post"',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('<script');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    const english = (await page(`${link}?lang=en`).expect(200)).text;
    for (const part of ['<html lang="en">', `Invoice ${number}`, 'Pay now', 'lang="da"'])
      expect(english).toContain(part);
  });

  it('opens the hosted checkout, and says what became of it by the gateway’s word', async () => {
    const { invoiceId, studentId } = await till.invoiced();
    const link = await linkOf(invoiceId);
    const checkout = await press(link);
    expect(await press(link)).toBe(checkout);
    const { items } = (await till.nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body;
    expect(items).toHaveLength(1);
    const { success_url: back, cancel_url: away } = till.sessionAt(checkout).session;
    const [done, cancelled] = [back!, away!].map((url) => new URL(url).pathname + new URL(url).search);
    expect((await page(done!).expect(200)).text).toContain('Betalingen er på vej');
    const left = (await page(cancelled!).expect(200)).text;
    expect(left).toContain('Betalingen blev afbrudt');
    await till.test.http.post('/pay/again').type('form').send({}).expect(400);
    const again = till.test.http.post('/pay/again').type('form').send({ payment: items[0].id });
    expect((await again.expect(303)).headers['location']).toBe(checkout);

    // Before any webhook has been heard: the page itself asks.
    await till.test.sandbox.stripe.pay(till.sessionAt(checkout), '4242424242424242');
    expect((await page(done!).expect(200)).text).toContain('Vi har modtaget den');
    await till.test.settle();
    expect((await page(cancelled!).expect(200)).text).toContain('Vi har modtaget den');
    const paid = (await page(link).expect(200)).text;
    expect(paid).toContain('Fakturaen er betalt');
    expect(paid).not.toContain('<button');
    expect(await press(link)).toBe(link);
    expect(await till.balance(studentId)).toBe(0);
  });

  it('never believes the address', async () => {
    const { invoiceId, student } = await till.invoiced();
    const { paymentId } = await till.checkout(student, invoiceId);
    expect((await page(`/pay/done?payment=${paymentId}`).expect(200)).text).toContain('Betalingen er på vej');
    expect((await page(`/pay/done?payment=${paymentId}&state=paid`)).status).toBe(400);
    expect((await page('/pay/done').expect(200)).text).toContain('Tak for din betaling');
    expect((await page('/pay/done?payment=x')).status).toBe(400);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued' });
  });

  it('says what has been paid and credited already', async () => {
    const { invoiceId } = await till.invoiced();
    const link = await linkOf(invoiceId);
    const [line] = (await till.invoice(invoiceId)).lines;
    const credit = { lines: [{ lineId: line.id, amount: krone(150) }] };
    await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, credit).expect(201);
    const { text } = await page(`${link}?lang=en`).expect(200);
    for (const part of ['500.00', '650.00', 'Credited', '150.00']) expect(text).toContain(part);
    await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201);
    expect((await page(link).expect(200)).text).toContain('Fakturaen er krediteret');
  });

  it('stays kind when the gateway is down, and works when it is back', async () => {
    const { invoiceId } = await till.invoiced();
    const link = await linkOf(invoiceId);
    till.test.sandbox.faults.add({ system: 'stripe', kind: 'error_500', times: 20 });
    const { text } = await till.test.http.post(link).type('form').send({}).expect(503);
    expect(text).toContain('Betalingssiden svarer ikke lige nu');
    expect(text).toContain('Prøv igen');
    till.test.sandbox.faults.clear();
    expect(await press(link)).toContain('/checkout/');
  });

  it('expires, is replaced, and opens one invoice only', async () => {
    const { invoiceId } = await till.invoiced();
    const old = await linkOf(invoiceId);
    const link = await linkOf(invoiceId, { renew: true });
    expect(link).not.toBe(old);
    const { text } = await page(old).expect(410);
    expect(text).toContain('Linket er udløbet');
    expect(text).not.toContain('650');
    await till.test.http.post(old).type('form').send({}).expect(410);
    await page('/pay/AAAAAAAAAAAAAAAAAAAAAA').expect(404);
    await till.test.http.post('/pay/AAAAAAAAAAAAAAAAAAAAAA').type('form').send({}).expect(404);

    const now = till.test.clock.now().getTime();
    till.test.clock.set(new Date(now + 91 * 86_400_000).toISOString());
    await page(link).expect(410);
    const fresh = await till.nord.run(() => till.test.app.get(PayLinks, { strict: false }).forInvoice(invoiceId));
    expect(pathOf(fresh)).not.toBe(link);
    await page(pathOf(fresh)).expect(200);
  });

  it('is one, however many want it at once', async () => {
    const { invoiceId } = await till.invoiced();
    const links = till.test.app.get(PayLinks, { strict: false });
    const urls = await Promise.all(Array.from({ length: 10 }, () => till.nord.run(() => links.forInvoice(invoiceId))));
    expect(new Set(urls).size).toBe(1);
    const link = pathOf(urls[0]!);
    const answers = await Promise.all(Array.from({ length: 8 }, () => till.test.http.post(link).type('form').send({})));
    expect(new Set(statusesOf(answers))).toEqual(new Set([303]));
    const { items } = (await till.nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body;
    expect(items).toHaveLength(1);
  });

  it('is the office’s to hand out, for the school’s own invoices', async () => {
    const { invoiceId, student } = await till.invoiced();
    const path = `/invoices/${invoiceId}/pay-link`;
    await till.syd.owner.post(path, {}).expect(404);
    await student.post(path, {}).expect(403);
    const { body: note } = await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201);
    await till.nord.owner.post(`/invoices/${note.id}/pay-link`, {}).expect(404);
  });
});
