import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { FinanceAudit } from '../../src/modules/finance/index.js';
import { EarnDeferred } from '../../src/modules/finance/use-cases/earn-deferred.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { type Id, idToBytes } from '../../src/platform/values/id.js';
import { krone, Till } from './till.js';

let till: Till;
/** Rows by what they are, as SQL writes their ids. */
const rows: Record<string, string> = {};

const run = (statement: string) => sql.raw(statement).execute(globalQuery<object>(till.test.em.fork()));
const hex = (id: Id) => `0x${idToBytes(id).toString('hex')}`;
const verify = () => till.nord.run(() => till.test.app.get(FinanceAudit, { strict: false }).verify());

/** Books with something of everything, and none of the triggers that keep them: what must not be is written past them. */
beforeAll(async () => {
  till = await Till.open();
  const paid = await till.paid(650);
  const open = await till.invoiced(325);
  const lost = await till.invoiced(100);
  const loss = { amount: krone(40), reason: 'Flyttet' };
  const { body: writeOff } = await till.nord.owner.post(`/invoices/${lost.invoiceId}/write-offs`, loss).expect(201);
  await till.nord.owner.post('/ledger/closings', { through: '2020-12-31' }).expect(201);
  Object.assign(rows, {
    paid: hex(paid.invoiceId),
    payment: hex(paid.paymentId),
    open: hex(open.invoiceId),
    writeOff: hex(writeOff.id),
    earned: hex(await earned()),
  });
  for (const table of ['ledger_transfers', 'invoice_lines', 'payment_allocations'])
    await run(`DROP TRIGGER ${table}_no_update`);
  await run('DROP TRIGGER invoices_fixed');
});
afterAll(() => till?.close());

/** A lesson that was invoiced before it was held. @returns its charge */
async function earned(): Promise<Id> {
  const { nord } = till;
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
  const { id: teacherId } = await nord.addTeacher('verify@nord.example', { workingHours: hours });
  const { id: studentId } = await till.newStudent();
  const day = new Date(till.test.clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
  const lesson = { studentId, teacherId, lessonTypeId: nord.lessonTypeId, startsAt: `${day}T11:00:00Z` };
  await nord.owner.post('/bookings', lesson).expect(201);
  const { body: charges } = await nord.owner.get(`/charges?studentId=${studentId}`).expect(200);
  const chargeId = charges.items[0].id as Id;
  await nord.owner.post('/invoices', { studentId }).expect(201);
  await nord.run(() => till.test.app.get(EarnDeferred, { strict: false }).execute(chargeId));
  return chargeId;
}

interface Breach {
  readonly check: string;
  /** Which table, which rows, what it makes of them, and what it makes of them again. */
  readonly at: () => string;
  readonly set: string;
  readonly back: string;
}

const transfer = (of: string) => () => `ledger_transfers WHERE source_id = ${rows[of]}`;
const more = { set: 'amount_minor = amount_minor + 1', back: 'amount_minor = amount_minor - 1' };
const ofInvoice = (of: string) => () => `invoices WHERE id = ${rows[of]}`;

const breaches: readonly Breach[] = [
  {
    check: 'transfers stay within one currency',
    at: transfer('open'),
    set: "currency = 'EUR'",
    back: "currency = 'DKK'",
  },
  {
    check: 'an invoice is the sum of its lines',
    at: () => `invoice_lines WHERE invoice_id = ${rows['open']}`,
    set: 'vat_minor = vat_minor + 1, net_minor = net_minor - 1',
    back: 'vat_minor = vat_minor - 1, net_minor = net_minor + 1',
  },
  { check: 'an invoice is posted with its total', at: transfer('open'), ...more },
  {
    check: 'an invoice is paid by its allocations',
    at: ofInvoice('open'),
    set: 'paid_minor = 1',
    back: 'paid_minor = 0',
  },
  {
    check: 'an invoice is credited by its credit notes',
    at: ofInvoice('open'),
    set: 'credited_minor = 1',
    back: 'credited_minor = 0',
  },
  {
    check: 'an invoice is written off by its write-offs that stand',
    at: ofInvoice('open'),
    set: 'written_off_minor = 1',
    back: 'written_off_minor = 0',
  },
  {
    check: 'an invoice’s state follows from what was paid, credited and written off',
    at: ofInvoice('open'),
    set: "state = 'written_off'",
    back: "state = 'issued'",
  },
  {
    check: 'invoice numbers have no gap',
    at: () => `invoice_counters WHERE school_id = ${hex(till.nord.id)}`,
    set: 'last_number = last_number + 1',
    back: 'last_number = last_number - 1',
  },
  { check: 'a payment is posted with what it received, and nothing else is', at: transfer('payment'), ...more },
  { check: 'a student’s account is what is open on his invoices less his credit', at: transfer('payment'), ...more },
  {
    check: 'a write-off is posted while it stands, and not when it was reversed',
    at: transfer('writeOff'),
    ...more,
  },
  {
    check: 'what is deferred is what has been invoiced and not delivered',
    at: () => `charges WHERE invoice_id = ${rows['open']}`,
    set: 'delivered = 0',
    back: 'delivered = 1',
  },
  {
    check: 'what was earned was delivered',
    at: () => `charges WHERE id = ${rows['earned']}`,
    set: 'delivered = 0',
    back: 'delivered = 1',
  },
  { check: 'what is deferred is what has been invoiced and not delivered', at: transfer('earned'), ...more },
  { check: 'the VAT that is owed is that of the invoices, by rate', at: transfer('open'), ...more },
  {
    check: 'the books are closed as far as the latest closing',
    at: () => `ledger_books WHERE school_id = ${hex(till.nord.id)}`,
    set: "closed_through = '2030-01-01'",
    back: "closed_through = '2020-12-31'",
  },
  {
    check: 'nothing was posted in a period after it was closed',
    at: () => `${transfer('earned')()} AND created_at > (SELECT MAX(closed_at) FROM ledger_closings)`,
    set: "occurred_on = '2020-06-01'",
    back: 'occurred_on = CURRENT_DATE',
  },
];

describe('the proof of the books', () => {
  it('finds nothing in books that were kept by the application', async () => {
    expect(await verify()).toEqual([]);
  });

  it.each(breaches)('finds when it is not so that $check', async ({ check, at, set, back }) => {
    const [table, where] = at().split(' WHERE ') as [string, string];
    await run(`UPDATE ${table} SET ${set} WHERE ${where}`);
    const findings = await verify();
    await run(`UPDATE ${table} SET ${back} WHERE ${where}`);
    expect(findings.filter((finding) => finding.startsWith(`${check}: `))).not.toEqual([]);
    expect(await verify()).toEqual([]);
  });
});
