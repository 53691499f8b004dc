// The floor of an export: the same rows read by mysql2 as a stream and written to a file, two lines each.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createConnection } from 'mysql2';
import { bytes } from './ids.mjs';
import { watched } from './export-watch.mjs';

const { school, from, until } = JSON.parse(process.argv[2]);
const file = join(tmpdir(), `bench-floor-${process.pid}.csv`);
const rows = `SELECT t.occurred_on, t.source, HEX(t.source_id), t.amount_minor, i.number, debited.code, credited.code
  FROM ledger_transfers t FORCE INDEX (ledger_transfers_day)
  STRAIGHT_JOIN ledger_accounts debited ON debited.school_id = t.school_id AND debited.id = t.debit_account_id
  STRAIGHT_JOIN ledger_accounts credited ON credited.school_id = t.school_id AND credited.id = t.credit_account_id
  LEFT JOIN invoices i ON i.school_id = t.school_id AND i.id = t.source_id
  WHERE t.school_id = ? AND t.occurred_on BETWEEN ? AND ? ORDER BY t.occurred_on, t.id`;

const uri = process.env.DATABASE_URL.replace(/^mariadb:/, 'mysql:');
const db = createConnection({ uri, dateStrings: ['DATE'] });
const answer = await watched(async () => {
  let lines = 0;
  const written = new Transform({
    writableObjectMode: true,
    transform([day, source, id, amount, number, debit, credit], _encoding, done) {
      lines += 2;
      const start = `${day};${number ?? id};`;
      done(null, `${start}${debit};${source};${amount / 100};;\r\n${start}${credit};${source};;${amount / 100};\r\n`);
    },
  });
  const stream = db.query({ sql: rows, values: [bytes(school), from, until], rowsAsArray: true }).stream();
  await pipeline(stream, written, createWriteStream(file));
  return lines;
});
db.end();
await rm(file);
process.send(answer);
process.disconnect();
