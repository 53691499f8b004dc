// Fills a school's ledger: a student with a long account, and a busy month. Rows as the application would have written them.
import { uuidv7 } from 'uuidv7';
import { bytes, text } from './floors/ids.mjs';

const digits = `(${Array.from({ length: 10 }, (_, n) => `SELECT ${n} AS n`).join(' UNION ALL ')})`;
const month = { from: '2026-10-01', until: '2026-10-31', days: 31 };
const columns =
  'id, school_id, debit_account_id, credit_account_id, amount_minor, currency, occurred_on, source, source_id, created_at';

/** The numbers below 1,000,000, without a table of them. */
const numbers = `(SELECT ${[0, 1, 2, 3, 4, 5].map((power) => `d${power}.n * ${10 ** power}`).join(' + ')} AS n
  FROM ${[0, 1, 2, 3, 4, 5].map((power) => `${digits} d${power}`).join(', ')}) numbers`;

/** An id of the shape that all ids have, of one kind (a hex digit) and a number. */
const idOf = (kind, number) => `UNHEX(CONCAT('019a00000000700080', '${kind}0', LPAD(HEX(${number}), 12, '0')))`;

/**
 * @param size how many entries the month and the student have
 * @returns the student, an account with half of the month's entries, and the month
 */
export async function fillLedger(db, { school, students }, { month: entries, ofStudent }) {
  if (entries > 1_000_000) throw new Error('a million entries at most');
  const [student, other] = students;
  const accounts = Object.fromEntries(['student', 'other', 'clearing', 'revenue', 'vat'].map((key) => [key, uuidv7()]));
  const account = (id, key, code, kind, { vat = null, of = null } = {}) => [
    bytes(id),
    bytes(school),
    key,
    code,
    key,
    kind,
    'DKK',
    vat,
    of && bytes(of),
  ];
  await db.query('INSERT IGNORE INTO ledger_books (school_id) VALUES (?)', [bytes(school)]);
  await db.query(
    'INSERT IGNORE INTO ledger_accounts (id, school_id, account_key, code, name, kind, currency, vat_rate_bp, student_id) VALUES ?',
    [
      [
        account(accounts.student, `receivables/${student.id}`, '1100', 'asset', { of: student.id }),
        account(accounts.other, `receivables/${other.id}`, '1100', 'asset', { of: other.id }),
        account(accounts.clearing, 'clearing/stripe', '1200', 'asset'),
        account(accounts.revenue, 'revenue/2500', '3000', 'revenue', { vat: 2_500 }),
        account(accounts.vat, 'output-vat/2500', '7200', 'liability', { vat: 2_500 }),
      ],
    ],
  );
  // One of them may have been there.
  const taxes = "SELECT id FROM ledger_accounts WHERE school_id = ? AND account_key = 'output-vat/2500'";
  const [[tax]] = await db.query(taxes, [bytes(school)]);
  accounts.vat = text(tax.id);
  const insert = (select, below) =>
    db.query(`INSERT INTO ledger_transfers (${columns}) SELECT ${select} FROM ${numbers} WHERE n < ${below}`);
  const at = "'2026-10-01 08:00:00'";
  const named = (id) => `UNHEX('${bytes(id).toString('hex')}')`;
  const transfer = ({ kind, debit, credit, amount, day, source, sourceId, number = 'n' }) =>
    `${idOf(kind, number)}, ${named(school)}, ${debit}, ${credit}, ${amount}, 'DKK', ${day}, ${source}, ${sourceId}, ${at}`;
  // Two entries of a voucher: the sale and its VAT.
  await insert(
    transfer({
      kind: 'a',
      debit: named(accounts.other),
      credit: `IF(n % 2 = 0, ${named(accounts.revenue)}, ${named(accounts.vat)})`,
      amount: 'IF(n % 2 = 0, 52000, 13000)',
      day: `DATE_ADD('${month.from}', INTERVAL n % ${month.days} DAY)`,
      source: "'invoice'",
      sourceId: idOf('b', 'FLOOR(n / 2)'),
    }),
    entries,
  );
  // Invoices and payments in turn, ten a day.
  const ofOne = (kind, more) =>
    insert(
      transfer({ kind, day: "DATE_ADD('2023-01-01', INTERVAL FLOOR(n / 10) DAY)", sourceId: idOf('d', 'n'), ...more }),
      ofStudent,
    );
  const even = `IF(n % 2 = 0, 'invoice', 'payment')`;
  await ofOne('c', {
    debit: `IF(n % 2 = 0, ${named(accounts.student)}, ${named(accounts.clearing)})`,
    credit: `IF(n % 2 = 0, ${named(accounts.revenue)}, ${named(accounts.student)})`,
    amount: '65000',
    source: even,
  });
  await db.query('ANALYZE TABLE ledger_transfers, ledger_accounts');
  return { student: student.id, account: accounts.revenue, from: month.from, until: month.until };
}
