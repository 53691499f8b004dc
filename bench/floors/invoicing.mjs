// Issuing an invoice by hand: the application's writes in its order, in one READ COMMITTED transaction, one statement a trip.
import { uuidv7 } from 'uuidv7';
import { bytes, text } from './ids.mjs';
import { permits, whoAsks } from './session.mjs';
import { ask, tell } from './trips.mjs';

const handlers = ['notifications.send-invoice', 'finance.use-credit-at-issue', 'outgoing-webhooks.invoice-issued'];
const DAY = 24 * 3_600_000;
const dateOf = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' });

const sql = {
  buyer:
    'SELECT s.name, s.address_line, s.postcode, s.city, u.locale, b.student_id FROM students s JOIN users u ON u.id = s.user_id LEFT JOIN billing_details b ON b.school_id = s.school_id AND b.student_id = s.id WHERE s.school_id = ? AND s.id = ?',
  seller:
    'SELECT s.name, s.cvr, s.address_line, s.postcode, s.city, s.email, s.phone, f.payment_terms_days, f.bank_account, f.giro_creditor FROM schools s LEFT JOIN finance_settings f ON f.school_id = s.id WHERE s.id = ?',
  charges:
    "SELECT id, description, gross_minor, vat_rate_bp, delivered FROM charges WHERE school_id = ? AND student_id = ? AND id IN (?) AND state = 'open' FOR UPDATE",
  books: 'SELECT closed_through FROM ledger_books WHERE school_id = ? LOCK IN SHARE MODE',
  accounts:
    "SELECT account_key, id FROM ledger_accounts WHERE school_id = ? AND account_key IN (?) AND currency = 'DKK'",
  invoice:
    'INSERT INTO invoices (id, school_id, kind, student_id, currency, net_minor, vat_minor, gross_minor, paid_minor, credited_minor, written_off_minor, state, seller, buyer, locale, issued_on, issued_at, due_on) VALUES (?)',
  line: 'INSERT INTO invoice_lines (id, school_id, invoice_id, position, charge_id, description, quantity, unit_gross_minor, vat_rate_bp, net_minor, vat_minor, gross_minor) VALUES ?',
  transfers:
    'INSERT INTO ledger_transfers (id, school_id, debit_account_id, credit_account_id, amount_minor, currency, occurred_on, source, source_id, created_at) VALUES ?',
  count:
    'INSERT INTO invoice_counters (school_id, last_number) VALUES (?, 1) ON DUPLICATE KEY UPDATE last_number = last_number + 1',
  counted: 'SELECT last_number FROM invoice_counters WHERE school_id = ?',
  number: 'UPDATE invoices SET number = ? WHERE id = ?',
  charged: "UPDATE charges SET state = 'invoiced', invoice_id = ? WHERE id IN (?)",
  event: 'INSERT INTO outbox_events (id, school_id, name, payload, occurred_at) VALUES (?)',
  deliveries: 'INSERT INTO outbox_deliveries (event_id, handler, state, due_at, attempts, failures) VALUES ?',
  audit:
    'INSERT INTO audit_entries (id, school_id, at, actor_kind, actor_id, actor_role, actor_name, action, subject_kind, subject_id, details, request_id) VALUES (?)',
};

/** @returns the invoice as the application shows it, or null where there is nothing to invoice */
export async function issueInvoice(pool, { session, school: schoolId, body }) {
  const [school, student] = [bytes(schoolId), bytes(body.studentId)];
  const [asker, [buyer], [seller]] = await ask(pool, [
    [whoAsks, [bytes(session), new Date()]],
    [sql.buyer, [school, student]],
    [sql.seller, [school]],
  ]);
  if (!permits(asker, schoolId) || !buyer) return null;
  const connection = await pool.getConnection();
  try {
    const keys = [`receivables/${body.studentId}`, 'deferred/2500', 'output-vat/2500'];
    const [, charges, , accounts] = await tell(connection, [
      ['START TRANSACTION'],
      [sql.charges, [school, student, body.chargeIds.map(bytes)]],
      [sql.books, [school]],
      [sql.accounts, [school, keys]],
    ]);
    if (charges.length === 0) throw new Error('nothing to invoice');
    const byKey = new Map(accounts);
    const sides = keys.map((key) => byKey.get(key));
    return await write(connection, { school, student, by: asker[0][0], buyer, seller, charges, sides, body });
  } catch {
    await connection.query('ROLLBACK');
    return null;
  } finally {
    connection.release();
  }
}

async function write(connection, { school, student, by, buyer, seller, charges, sides, body }) {
  const now = new Date();
  const [id, event] = [bytes(uuidv7()), bytes(uuidv7())];
  const [issuedOn, dueOn] = [now, new Date(+now + (seller[7] ?? 8) * DAY)].map((at) => dateOf.format(at));
  const lines = charges.map(priced);
  const [net, vat, gross] = ['net', 'vat', 'gross'].map((key) => lines.reduce((sum, line) => sum + line[key], 0));
  const papers = { seller: sellerOf(seller), buyer: buyerOf(buyer) };
  const invoice = [id, school, 'invoice', student, 'DKK', net, vat, gross, 0, 0, 0, 'issued'];
  const printed = [JSON.stringify(papers.seller), JSON.stringify(papers.buyer), buyer[4], issuedOn, now, dueOn];
  const [owed, deferred, tax] = sides;
  const moved = (credit, amount) => [
    bytes(uuidv7()),
    school,
    owed,
    credit,
    amount,
    'DKK',
    issuedOn,
    'invoice',
    id,
    now,
  ];
  const rows = lines.map((line, index) => [bytes(uuidv7()), school, id, index + 1, ...line.row]);
  const [, , , , , counted] = await tell(connection, [
    [sql.invoice, [[...invoice, ...printed]]],
    [sql.transfers, [[moved(deferred, net), moved(tax, vat)]]],
    [sql.line, [rows]],
    [sql.event, [[event, school, 'finance.invoice_issued', JSON.stringify({ invoiceId: text(id) }), now]]],
    [sql.count, [school]],
    [sql.counted, [school]],
  ]);
  const [[number]] = counted;
  const details = { number, studentId: body.studentId, creditsInvoiceId: null, amount: gross, currency: 'DKK' };
  const acted = [bytes(uuidv7()), school, now, 'user', by, 'owner', null, 'invoice.issued', 'invoice', id];
  await tell(connection, [
    [sql.deliveries, [handlers.map((handler) => [event, handler, 'open', now, 0, 0])]],
    [sql.number, [number, id]],
    [sql.audit, [[...acted, JSON.stringify(details), uuidv7()]]],
    [sql.charged, [id, charges.map(([chargeId]) => chargeId)]],
    ['COMMIT'],
  ]);
  return shown({ id, number, issuedOn, dueOn, now, papers, lines, rows, amounts: { net, vat, gross }, body });
}

/** VAT is a fifth of what includes a quarter. */
function priced([chargeId, description, gross, rate]) {
  const vat = Math.round((gross * rate) / (10_000 + rate));
  const net = gross - vat;
  return {
    chargeId,
    description,
    rate,
    net,
    vat,
    gross,
    row: [chargeId, description, 1, gross, rate, net, vat, gross],
  };
}

function sellerOf([name, cvr, addressLine, postcode, city, email, phone, , bankAccount, giroCreditor]) {
  return { name, cvr, addressLine, postcode, city, email, phone, bankAccount, giroCreditor };
}

function buyerOf([name, addressLine, postcode, city]) {
  return { name, addressLine, postcode, city, cvr: null, ean: null, reference: null, student: null };
}

function shown({ id, number, issuedOn, dueOn, now, papers, lines, rows, amounts, body }) {
  const money = (amount) => ({ amount, currency: 'DKK' });
  const three = ({ net, vat, gross }) => ({ net: money(net), vat: money(vat), gross: money(gross) });
  return {
    id: text(id),
    kind: 'invoice',
    number,
    studentId: body.studentId,
    state: 'issued',
    outstanding: money(amounts.gross),
    issuedOn,
    dueOn,
    creditsInvoiceId: null,
    ...three(amounts),
    paid: money(0),
    credited: money(0),
    writtenOff: money(0),
    issuedAt: now,
    reason: null,
    ...papers,
    lines: lines.map(({ chargeId, description, rate, ...line }, index) => ({
      id: text(rows[index][0]),
      chargeId: text(chargeId),
      description,
      quantity: 1,
      unitGross: money(line.gross),
      vatRateBp: rate,
      ...three(line),
    })),
    vatByRate: [{ vatRateBp: 2_500, ...three(amounts) }],
  };
}
