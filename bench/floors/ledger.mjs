// The floor of money: bare Fastify and mysql2, hand-written statements for each of these questions and nothing else.
import fastify from 'fastify';
import { createPool } from 'mysql2/promise';
import { writeEntries } from './entries-csv.mjs';
import { bytes, text } from './ids.mjs';
import { issueInvoice } from './invoicing.mjs';
import { permits, sessionOf, whoAsks } from './session.mjs';
import { keepWebhook } from './webhooks.mjs';

const pool = createPool({
  uri: process.env.DATABASE_URL.replace(/^mariadb:/, 'mysql:'),
  connectionLimit: 20,
  timezone: 'Z',
  dateStrings: ['DATE'],
});
pool.pool.on('connection', (connection) => connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'));
const money = (amount) => ({ amount, currency: 'DKK' });

const sql = {
  account: "SELECT id FROM ledger_accounts WHERE school_id = ? AND account_key = ? AND currency = 'DKK'",
  statement: `SELECT MIN(id), occurred_on, source, source_id, CAST(SUM(amount) AS SIGNED) FROM (
      SELECT id, occurred_on, source, source_id, amount_minor AS amount FROM ledger_transfers WHERE school_id = ? AND debit_account_id = ?
      UNION ALL
      SELECT id, occurred_on, source, source_id, -amount_minor FROM ledger_transfers WHERE school_id = ? AND credit_account_id = ?
    ) moved GROUP BY occurred_on, source, source_id ORDER BY occurred_on, MIN(id) LIMIT ?`,
  numbers: 'SELECT id, number FROM invoices WHERE school_id = ? AND id IN (?)',
  vat: `SELECT a.vat_rate_bp, a.kind = 'liability' AND a.account_key LIKE 'output-vat/%', CAST(SUM(m.amount) AS SIGNED) FROM ledger_accounts a
    JOIN (SELECT credit_account_id AS id, SUM(amount_minor) AS amount FROM ledger_transfers
        WHERE school_id = ? AND credit_account_id IN (?) AND occurred_on BETWEEN ? AND ? GROUP BY credit_account_id
      UNION ALL SELECT debit_account_id, -SUM(amount_minor) FROM ledger_transfers
        WHERE school_id = ? AND debit_account_id IN (?) AND occurred_on BETWEEN ? AND ? GROUP BY debit_account_id) m ON m.id = a.id
    GROUP BY 1, 2`,
  taxed:
    "SELECT id FROM ledger_accounts WHERE school_id = ? AND currency = 'DKK' AND vat_rate_bp IS NOT NULL AND kind IN ('liability', 'revenue')",
};

async function rows(statement, values) {
  const [found] = await pool.query({ sql: statement, values, rowsAsArray: true });
  return found;
}

async function mayAsk(request) {
  const asker = await rows(whoAsks, [bytes(await sessionOf(request)), new Date()]);
  return permits(asker, request.params.schoolId);
}

const server = fastify();
server.get('/hello', async () => ({ hello: 'world' }));

server.get('/v1/schools/:schoolId/students/:studentId/statement', async (request, reply) => {
  if (!(await mayAsk(request))) return reply.code(404).send();
  const school = bytes(request.params.schoolId);
  const [[account]] = await rows(sql.account, [school, `receivables/${request.params.studentId}`]);
  const limit = Number(request.query.limit);
  const found = await rows(sql.statement, [school, account, school, account, limit + 1]);
  const page = found.slice(0, limit);
  const numbers = new Map(
    (await rows(sql.numbers, [school, page.map(([, , , documentId]) => documentId)])).map(([id, number]) => [
      text(id),
      number,
    ]),
  );
  let balance = 0;
  const items = page.map(([id, on, kind, document, amount]) => {
    balance += amount;
    const documentId = text(document);
    const number = numbers.get(documentId) ?? null;
    return { id: text(id), on, kind, documentId, number, amount: money(amount), balance: money(balance) };
  });
  const { on, id } = items.at(-1);
  const nextCursor = found.length > limit ? Buffer.from(JSON.stringify({ on, id })).toString('base64url') : null;
  return { opening: money(0), items, nextCursor };
});

server.get('/v1/schools/:schoolId/reports/vat', async (request, reply) => {
  if (!(await mayAsk(request))) return reply.code(404).send();
  const school = bytes(request.params.schoolId);
  const { from, until } = request.query;
  const accounts = (await rows(sql.taxed, [school])).map(([id]) => id);
  const period = [school, accounts, from, until];
  const found = await rows(sql.vat, [...period, ...period]);
  const sum = (wanted) => found.filter(wanted).reduce((total, [, , amount]) => total + amount, 0);
  const rates = [...new Set(found.map(([rate]) => rate))]
    .sort((a, b) => b - a)
    .map((vatRateBp) => ({
      vatRateBp,
      net: money(sum(([rate, isVat]) => rate === vatRateBp && !isVat)),
      vat: money(sum(([rate, isVat]) => rate === vatRateBp && isVat)),
    }));
  return { from, until, rates, net: money(sum(([, isVat]) => !isVat)), vat: money(sum(([, isVat]) => isVat)) };
});

server.get('/v1/schools/:schoolId/ledger/accounts/:accountId/entries.csv', async (request, reply) => {
  if (!(await mayAsk(request))) return reply.code(404).send();
  const { schoolId: school, accountId: account } = request.params;
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' });
  await writeEntries(pool, { school, account, ...request.query }, reply.raw);
  return reply;
});

server.post('/v1/schools/:schoolId/invoices', async (request, reply) => {
  const session = await sessionOf(request);
  const invoice = await issueInvoice(pool, { session, school: request.params.schoolId, body: request.body });
  return invoice ? reply.code(201).send(invoice) : reply.code(409).send({ code: 'nothing' });
});

await server.register(async (webhooks) => {
  webhooks.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  webhooks.post('/webhooks/stripe', async (request, reply) => {
    const isKept = await keepWebhook(pool, request, process.env.STRIPE_WEBHOOK_SECRET);
    return reply.code(isKept ? 204 : 400).send();
  });
});

await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
