import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { paymentIdOf } from '../../src/modules/finance/bank-statements/domain/fik.js';
import { MatchBankLine } from '../../src/modules/finance/bank-statements/use-cases/match-bank-line.js';
import type { Id } from '../../src/platform/values/id.js';
import { pdfText } from '../support/pdf-text.js';
import { raw } from '../support/raw-answer.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const upload = (csv: string) =>
  till.nord.owner
    .post('/bank-statements')
    .type('text/csv')
    .send(csv as never);

const file = (...lines: string[]) => ['Dato;Tekst;Beløb;Saldo', ...lines].join('\r\n');

async function statement(id: Id) {
  return (await till.nord.owner.get(`/bank-statements/${id}`).expect(200)).body;
}

async function linesOf(statementId: Id) {
  return (await till.nord.owner.get(`/bank-lines?statementId=${statementId}&sort=createdAt`).expect(200)).body.items;
}

describe('a bank statement', () => {
  it('pays the invoices that its lines name with their exact amounts, and leaves the others to somebody', async () => {
    const [byId, byNumber, other] = [await till.invoiced(310), await till.invoiced(320), await till.invoiced(330)];
    const csv = file(
      `01-11-2026;+71<${paymentIdOf(byId.number)}+81234567<;310,00;1.000,00`,
      `01-11-2026;Faktura ${byNumber.number};320,00;1.320,00`,
      `02-11-2026;Faktura ${other.number};300,00;1.620,00`,
      '03-11-2026;Husleje;-500,00;1.120,00',
      '04-11-2026;Hilsen mormor;77,00;1.197,00',
    );
    const { id } = (await upload(csv).expect(201)).body;
    await till.test.settle();
    expect(await statement(id)).toMatchObject({ readLines: 4, newLines: 4, waiting: 0, matched: 2, doubtful: 2 });
    expect(await till.invoice(byId.invoiceId)).toMatchObject({ state: 'paid' });
    expect(await till.invoice(byNumber.invoiceId)).toMatchObject({ state: 'paid' });
    expect(await till.invoice(other.invoiceId)).toMatchObject({ outstanding: krone(330) });
    const [first, , differs, unknown] = await linesOf(id);
    expect(await till.payment(first.paymentId)).toMatchObject({ method: 'bank_transfer', receivedOn: '2026-11-01' });
    expect(differs).toMatchObject({ state: 'doubtful', doubt: 'amount_differs', invoiceId: other.invoiceId });
    expect(unknown).toMatchObject({ state: 'doubtful', doubt: 'unknown' });

    const again = (await upload(csv).expect(201)).body;
    await till.test.settle();
    expect(await statement(again.id)).toMatchObject({ newLines: 0, matched: 0 });

    const match = () => till.nord.owner.post(`/bank-lines/${differs.id}/match`, { invoiceId: other.invoiceId });
    expect(statusesOf(await Promise.all([match(), match()]))).toEqual([200, 409]);
    expect(await till.invoice(other.invoiceId)).toMatchObject({ outstanding: krone(30) });
    await till.nord.owner.post(`/bank-lines/${unknown.id}/ignore`, { reason: 'Gave' }).expect(200);
    await till.nord.owner.post(`/bank-lines/${differs.id}/ignore`, { reason: 'x' }).expect(409);
    await till.syd.owner.post(`/bank-lines/${unknown.id}/ignore`, { reason: 'x' }).expect(404);
    expect(await statement(id)).toMatchObject({ matched: 3, doubtful: 0, ignored: 1 });
  });

  it('finds the giro line that the invoice and its pay page print', async () => {
    const settings = { paymentTermsDays: 8, bankAccount: '1234 0001234567' };
    const refused = await till.nord.owner
      .put('/finance-settings', { ...settings, giroCreditor: '71234567' })
      .expect(422);
    expect(refused.body).toMatchObject({ code: 'finance_settings.invalid_giro_creditor' });
    await till.nord.owner.put('/finance-settings', { ...settings, giroCreditor: '81234567' }).expect(200);
    const { invoiceId, number } = await till.invoiced(470);
    const paper = pdfText((await raw(till.nord.owner.get(`/invoices/${invoiceId}/pdf`)).expect(200)).body);
    expect(paper).toContain(`Bankkonto 1234 0001234567. Angiv fakturanummer ${number}.`);
    const [line] = /\+71<\d{15}\+81234567</.exec(paper)!;
    const { url } = (await till.nord.owner.post(`/invoices/${invoiceId}/pay-link`, {}).expect(201)).body;
    const page = await till.test.http.get(new URL(url).pathname).expect(200);
    for (const part of ['1234 0001234567', `Faktura ${number}`, line.replaceAll('<', '&#60;')])
      expect(page.text).toContain(part);
    const { id } = (await upload(file(`07-11-2026;FI-INDBETALING ${line};470,00;3,00`)).expect(201)).body;
    await till.test.settle();
    expect(await statement(id)).toMatchObject({ matched: 1, doubtful: 0 });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', seller: { giroCreditor: '81234567' } });
    await till.nord.owner.put('/finance-settings', { ...settings, bankAccount: null }).expect(200);
    const later = await till.invoice((await till.invoiced(480)).invoiceId);
    expect(later.seller).toMatchObject({ bankAccount: null, giroCreditor: null });
  });

  it('is one payment a line, however many look at it at once or again', async () => {
    const { invoiceId, number, studentId } = await till.invoiced(410);
    const csv = file(`05-11-2026;Faktura ${number};410,00;1,00`);
    const [one, two] = await Promise.all([upload(csv), upload(csv)]);
    const lines = [...(await linesOf(one.body.id)), ...(await linesOf(two.body.id))];
    expect(lines).toHaveLength(1);
    const matcher = till.test.app.get(MatchBankLine, { strict: false });
    await Promise.all([1, 2, 3, 4].map(() => till.nord.run(() => matcher.bySelf(lines[0].id))));
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
    expect(await till.balance(studentId)).toBe(0);
  });

  it('whose payment was undone is matched anew, and once', async () => {
    const [wrong, right] = [await till.invoiced(420), await till.invoiced(430)];
    const csv = file(`06-11-2026;Faktura ${wrong.number};420,00;2,00`);
    const { id } = (await upload(csv).expect(201)).body;
    await till.test.settle();
    const [line] = await linesOf(id);
    const match = () => till.nord.owner.post(`/bank-lines/${line.id}/match`, { invoiceId: right.invoiceId });
    expect((await match().expect(409)).body.code).toBe('bank_line.matched');
    await till.nord.owner.post(`/payments/${line.paymentId}/reversal`, { reason: 'Forkert faktura' }).expect(200);
    expect(statusesOf(await Promise.all([match(), match()]))).toEqual([200, 409]);
    expect(await till.invoice(wrong.invoiceId)).toMatchObject({ outstanding: krone(420) });
    expect(await till.invoice(right.invoiceId)).toMatchObject({ outstanding: krone(10) });
  });

  it('that is none is refused, and nothing of it kept', async () => {
    const code = async (csv: string) => (await upload(csv).expect(422)).body.code;
    expect(await code('hello')).toBe('bank_statement.columns_missing');
    expect(await code(file('01-11-2026;x;1,00;1,00', 'i går;x;1,00;1,00'))).toBe('bank_statement.unreadable');
  });
});
