// What is written in a benchmark of money: charges to invoice, each once, and messages of a provider, each another.
import { createHmac, randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { bytes } from './floors/ids.mjs';

export const webhookSecret = 'whsec_of_this_run';
const atOnce = 1_000;

/**
 * Fills both databases alike with open charges, and opens the accounts that invoicing them needs.
 * @returns the charges with their students
 */
export async function fillCharges({ db, names }, { school, students }, count) {
  const now = new Date();
  const later = new Date(now.getTime() + 24 * 3_600_000);
  const charges = Array.from({ length: count }, (_, n) => ({
    id: uuidv7(),
    student: students[n % students.length].id,
  }));
  const sold = ['Kørelektion, kategori B', 52_500, 'DKK', 2_500, 'open', now, 0, later];
  const lesson = ({ id, student }) =>
    [bytes(id), bytes(school), bytes(student), 'booking', bytes(uuidv7())].concat(sold);
  const columns =
    'id, school_id, student_id, source, source_id, description, gross_minor, currency, vat_rate_bp, state, occurred_at, delivered, delivers_at';
  const rows = charges.map(lesson);
  const opened = accountsOf(school, students);
  for (const name of Object.values(names)) {
    for (let at = 0; at < rows.length; at += atOnce)
      await db.query(`INSERT INTO ${name}.charges (${columns}) VALUES ?`, [rows.slice(at, at + atOnce)]);
    await db.query(`INSERT IGNORE INTO ${name}.ledger_books (school_id) VALUES (?)`, [bytes(school)]);
    await db.query(
      `INSERT INTO ${name}.ledger_accounts (id, school_id, account_key, code, name, kind, currency, vat_rate_bp, student_id) VALUES ?`,
      [opened],
    );
    await db.query(`ANALYZE TABLE ${name}.charges, ${name}.ledger_accounts`);
  }
  return charges;
}

function accountsOf(school, students) {
  const account = (key, code, name, kind, rate = null, student = null) =>
    [bytes(uuidv7()), bytes(school), key, code, name, kind].concat('DKK', rate, [student && bytes(student)]);
  return [
    ...students.map(({ id }) => account(`receivables/${id}`, '1100', 'Debitorer', 'asset', null, id)),
    account('deferred/2500', '2200', 'Forudbetalte ydelser', 'liability', 2_500),
    account('output-vat/2500', '7200', 'Salgsmoms', 'liability', 2_500),
  ];
}

/** One charge an invoice. @returns an endless-looking list of bodies; it throws when it is used up */
export function* invoices(charges) {
  for (const { id, student } of charges) yield JSON.stringify({ studentId: student, chargeIds: [id] });
  throw new Error('every charge is invoiced: ask for fewer rounds or shorter ones');
}

/** A message of Stripe's as it comes: each another one. @returns its body and its headers */
export function webhook() {
  const session = { id: `cs_${randomUUID()}`, object: 'checkout.session', mode: 'payment', status: 'complete' };
  const event = {
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: session },
  };
  const body = JSON.stringify(event);
  const at = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', webhookSecret).update(`${at}.${body}`).digest('hex');
  return { body, headers: { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${signature}` } };
}
