import { only } from './api.mjs';
import { eventually } from './outside-world.mjs';
import { check, checkEqual, Mismatch, tell } from './script.mjs';

export const visa = '4242 4242 4242 4242';

/** Chapter 4. @returns the paid invoice */
export async function invoiceAndPay({ owner, school, world, sofie, lesson }) {
  const invoice = await owner.post(`${school}/invoices`, { studentId: sofie.id });
  checkEqual('the invoice is over the price of the lesson', invoice.gross, lesson.price);
  checkEqual('a fifth of it is VAT', invoice.vat.amount * 5, invoice.gross.amount);
  const pdf = await sofie.caller.get(`${school}/invoices/${invoice.id}/pdf`);
  check(`the PDF is one (${pdf.length} bytes)`, pdf.subarray(0, 5).toString() === '%PDF-');
  const mail = await world.message(sofie.email, { kind: 'email', like: new RegExp(`Faktura ${invoice.number}\\b`) });
  checkEqual('the same PDF is attached to the e-mail', mail.attachments[0]?.bytes, pdf.length);

  const { url } = await sofie.caller.post(`${school}/invoices/${invoice.id}/checkout`);
  tell(`Sofie pays with Visa ${visa} on the checkout page.`);
  await world.pay(url, visa);
  const paid = await untilPaid(sofie.caller, `${school}/invoices/${invoice.id}`);
  await world.message(sofie.email, { kind: 'email', like: new RegExp(`Kvittering: faktura ${invoice.number}\\b`) });
  return paid;
}

/** Waits for the webhook. @returns the invoice */
export async function untilPaid(caller, path) {
  const show = only('number', 'state', 'gross', 'paid');
  const paid = await eventually(30, async () => {
    const invoice = await caller.get(path, { show });
    return invoice.state === 'paid' && invoice;
  });
  if (!paid) throw new Mismatch('the invoice was not paid within 30 s: the webhook did not come');
  check('the signed webhook turned the invoice paid', true);
  return paid;
}

/** Chapter 7. */
export async function downloadJournal({ owner, school, settings, invoice }) {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: settings.zone }).format(new Date());
  const csv = await owner.get(`${school}/accounting/journal.csv?date=${today}`, {
    show: (text) => text.split('\r\n').slice(0, 3).join(' ⏎ '),
  });
  const entries = parse(csv);
  const total = (column) => entries.reduce((sum, entry) => sum + entry[column], 0);
  check(
    `its ${entries.length} entries balance to zero`,
    entries.length > 0 && total('debit') === total('credit'),
    entries,
  );
  const receivables = entries.filter(({ account }) => account === '1100');
  const ofInvoice = receivables.filter(({ voucher, debit }) => voucher === String(invoice.number) && debit > 0);
  checkEqual(
    'the invoice is in it with its gross amount',
    ofInvoice.reduce((sum, { debit }) => sum + debit, 0),
    invoice.gross.amount,
  );
  check(
    'and so is its payment',
    receivables.some(({ credit }) => credit === invoice.gross.amount),
    receivables,
  );
}

/** Semicolons, decimal commas, and quotes around cells that need them. */
function parse(csv) {
  const [, ...lines] = csv
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');
  return lines.map((line) => {
    const [date, voucher, account, text, debit, credit] = line.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    return { date, voucher, account, text, debit: minor(debit), credit: minor(credit) };
  });
}

function minor(amount) {
  return amount === '' ? 0 : Math.round(Number(amount.replace(',', '.')) * 100);
}
