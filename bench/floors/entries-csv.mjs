// All entries of an account as CSV, by hand: one statement for each side in the order of its index, read as a stream and merged.
import { once } from 'node:events';
import { bytes, text } from './ids.mjs';

const words = { invoice: 'Faktura', payment: 'Betaling' };
const marks = { invoice: '', payment: 'P' };
const enough = 65_536;

const sideOf = (side, other) => `SELECT t.id, t.occurred_on, t.source, t.source_id, t.amount_minor, i.number, a.code
  FROM ledger_transfers t FORCE INDEX (ledger_transfers_${side})
  STRAIGHT_JOIN ledger_accounts a ON a.school_id = t.school_id AND a.id = t.${other}_account_id
  LEFT JOIN invoices i ON i.school_id = t.school_id AND i.id = t.source_id
  WHERE t.school_id = ? AND t.${side}_account_id = ? AND t.occurred_on BETWEEN ? AND ? ORDER BY t.occurred_on, t.id`;
const sides = [sideOf('debit', 'credit'), sideOf('credit', 'debit')];

/** Writes them to the answer as fast as it takes them. */
export async function writeEntries(pool, { school, account, from, until }, answer) {
  const connections = await Promise.all(sides.map(() => pool.getConnection()));
  try {
    const values = [bytes(school), bytes(account), from, until];
    const rows = sides.map((sql, index) =>
      connections[index].connection.query({ sql, values, rowsAsArray: true }).stream()[Symbol.asyncIterator](),
    );
    let lines = '\uFEFFDato;Bilag;Tekst;Debet;Kredit;Modkonto\r\n';
    for await (const [row, isDebit] of merged(...rows)) {
      lines += lineOf(row, isDebit);
      if (lines.length < enough) continue;
      if (!answer.write(lines)) await once(answer, 'drain');
      lines = '';
    }
    answer.end(lines);
  } finally {
    for (const connection of connections) connection.release();
  }
}

async function* merged(debits, credits) {
  let [debit, credit] = [await debits.next(), await credits.next()];
  while (!debit.done || !credit.done) {
    if (credit.done || (!debit.done && isBefore(debit.value, credit.value))) {
      yield [debit.value, true];
      debit = await debits.next();
    } else {
      yield [credit.value, false];
      credit = await credits.next();
    }
  }
}

function isBefore([id, day], [otherId, otherDay]) {
  return day === otherDay ? Buffer.compare(id, otherId) < 0 : day < otherDay;
}

function lineOf([, day, source, sourceId, amount, number, code], isDebit) {
  const voucher = number ?? marks[source] + text(sourceId).slice(-12).toUpperCase();
  const digits = String(amount).padStart(3, '0');
  const money = `${digits.slice(0, -2)},${digits.slice(-2)}`;
  return `${day};${voucher};${words[source]} ${voucher};${isDebit ? `${money};` : `;${money}`};${code}\r\n`;
}
