// Before anything is measured: both give the same answers and leave the same rows, or the ratios would mean nothing.
import assert from 'node:assert/strict';

const told = ['outbox_events', 'outbox_deliveries', 'audit_entries'];
/** What each write leaves rows in. */
export const written = {
  booking: ['claims', 'bookings', 'charges', ...told, 'resource_days', 'teachers'],
  invoice: ['invoices', 'invoice_lines', 'charges', 'ledger_transfers', 'invoice_counters', 'ledger_accounts', ...told],
};

/** @throws AssertionError when the two answers differ */
export async function checkSameFreeTimes(app, floor, path, headers) {
  const ask = async (url) => {
    const response = await fetch(url + path, { headers });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
  };
  // A quarter hour may begin between the two questions: then ask again.
  const quarter = () => Math.floor(Date.now() / 900_000);
  for (let began = -1; began !== quarter();) {
    began = quarter();
    const [expected, actual] = [await ask(app), await ask(floor)];
    if (began !== quarter()) continue;
    assert.deepEqual(actual, expected, 'free times differ between application and floor');
    assert.equal(expected.body.items.length, 200, 'the page of free times is not full');
  }
}

/** @throws AssertionError when two reads differ, or there is nothing to read */
export async function checkSameAnswer(app, floor, path, headers) {
  const ask = async (url) => {
    const response = await fetch(url + path, { headers });
    return { status: response.status, body: await response.json() };
  };
  const [expected, actual] = [await ask(app), await ask(floor)];
  assert.equal(expected.status, 200, JSON.stringify(expected.body));
  assert.deepEqual(actual, expected, `${path} differs between application and floor`);
  assert.ok((expected.body.items ?? expected.body.entries).length > 0, `${path} is empty`);
}

/**
 * Writes the same on both.
 * @param what a name in `written`
 * @throws AssertionError when answers or rows differ
 */
export async function checkSameWrite(what, { db, names }, app, floor, path, request) {
  const [expected, actual] = [
    await write(what, db, names.app, app + path, request),
    await write(what, db, names.floor, floor + path, request),
  ];
  assert.deepEqual(actual.answer, expected.answer, `the answers to a ${what} differ between application and floor`);
  for (const table of written[what])
    assert.deepEqual(actual.rows[table], expected.rows[table], `one ${what} leaves other rows in ${table}`);
}

async function write(what, db, database, url, { headers, body }) {
  const tables = written[what];
  const before = await read(tables, db, database);
  const response = await fetch(url, { method: 'POST', headers, body });
  const answer = await response.json();
  assert.equal(response.status, 201, JSON.stringify(answer));
  const after = await read(tables, db, database);
  const rows = Object.fromEntries(tables.map((table) => [table, changed(before[table], after[table])]));
  return { answer: neutral(answer, answer), rows: neutral(rows, answer) };
}

async function read(tables, db, database) {
  const rows = {};
  for (const table of tables) [rows[table]] = await db.query(`SELECT * FROM ${database}.${table} ORDER BY 1, 2`);
  return rows;
}

function changed(before, after) {
  const known = new Set(before.map((row) => JSON.stringify(row)));
  return after.filter((row) => !known.has(JSON.stringify(row)));
}

const fresh = [
  'id',
  'event_id',
  'created_at',
  'changed_at',
  'createdAt',
  'issued_at',
  'issuedAt',
  'occurred_at',
  'due_at',
  'leased_until',
  'at',
  'subject_id',
  'request_id',
];

/** Takes out what must differ: ids made on the way, and the time. The id of what was written keeps its name wherever it stands. */
function neutral(value, { id }) {
  const own = new RegExp(`${id}|${id.replaceAll('-', '')}`, 'g');
  const text = JSON.stringify(value, function (key, plain) {
    if (Buffer.isBuffer(this[key])) return `0x${this[key].toString('hex')}`;
    return plain;
  });
  return JSON.parse(text.replaceAll(own, 'its own'), (key, plain) =>
    fresh.includes(key) && typeof plain === 'string' && !plain.includes('its own') ? 'fresh' : plain,
  );
}
