import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/core';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { S3Server } from '../../sandbox/s3/s3-server.js';
import { AccountingClients } from '../../src/modules/accounting/index.js';
import { SyncJobs } from '../../src/modules/accounting/jobs/sync-jobs.js';
import { AccountingChecks } from '../../src/modules/accounting/queries/accounting-checks.js';
import { StoredAccess } from '../../src/modules/accounting/use-cases/stored-access.js';
import { ReconcileBooks } from '../../src/modules/accounting/use-cases/reconcile-books.js';
import { SyncBooks } from '../../src/modules/accounting/use-cases/sync-books.js';
import { AppConfig } from '../../src/platform/config/app.config.js';
import { Encryption } from '../../src/platform/crypto/encryption.js';
import { RotateKeys } from '../../src/platform/crypto/rotate-keys.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { addDays } from '../../src/platform/values/zone.js';
import { idToBytes, type Id } from '../../src/platform/values/id.js';
import { MemoryBooks } from '../support/memory-books.js';
import type { TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';
import { krone, Till } from './till.js';

let till: Till;
let folder: string;
const books = new MemoryBooks();
const bucketKeys = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox-secret' };
const bucket = new S3Server('books', bucketKeys);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'books-'));
  till = await Till.open({
    ACCOUNTING_EXPORT_DIR: folder,
    FILES_STORE: 's3',
    S3_BUCKET: 'books',
    S3_ENDPOINT: await bucket.listen(),
    S3_PATH_STYLE: 'true',
    S3_ACCESS_KEY_ID: bucketKeys.accessKeyId,
    S3_SECRET_ACCESS_KEY: bucketKeys.secretAccessKey,
    XERO_CLIENT_ID: 'sandbox',
    XERO_CLIENT_SECRET: 'sandbox',
    XERO_TIMEOUT_MS: '700',
    ECONOMIC_APP_SECRET_TOKEN: 'sandbox',
    QUICKBOOKS_CLIENT_ID: 'sandbox',
    QUICKBOOKS_CLIENT_SECRET: 'sandbox',
  });
  bind(books);
});
afterAll(async () => {
  await till?.close();
  await bucket.close();
  await rm(folder, { recursive: true });
});

/** Beside those that integrations.module.ts binds. */
function bind(client: MemoryBooks): void {
  interface Inside {
    readonly byProvider: Map<string, unknown>;
    readonly consentByProvider: Map<string, unknown>;
  }
  const clients = till.test.app.get<AccountingClients, Inside>(AccountingClients, { strict: false });
  clients.byProvider.set('memory', client);
  clients.consentByProvider.set('memory', client.consent);
}

const path = '/accounting';
const sync = (school: TestSchool = till.nord) =>
  school.run(() => till.test.app.get(SyncBooks, { strict: false }).execute());
const read = async (what: string, school: TestSchool = till.nord) =>
  (await school.owner.get(`${path}/${what}`).expect(200)).body;
const records = async (query = '', school: TestSchool = till.nord) =>
  (await read(`records?limit=200${query}`, school)).items as {
    id: Id;
    kind: string;
    reference: string;
    state: string;
    error: string | null;
  }[];
const raw = (statement: string) => sql.raw(statement).execute(globalQuery<object>(till.test.em.fork()));
const hex = (id: string) => `0x${idToBytes(id).toString('hex')}`;

async function settings(change: object, school: TestSchool = till.nord): Promise<void> {
  await school.owner.put(`${path}/settings`, { ...(await read('settings', school)), ...change }).expect(200);
}

async function paidByBank(school: TestSchool, studentId: Id, amount: number, invoiceId: Id): Promise<void> {
  const payment = { studentId, amount: krone(amount), method: 'bank_transfer', receivedOn: till.today() };
  await school.owner.post('/payments', { ...payment, allocations: [{ invoiceId, amount: krone(amount) }] }).expect(201);
}

async function invoiceOf(school: TestSchool, email: string, price: number) {
  const { id: studentId } = await school.enrol(email);
  const body = { studentId, description: 'Kørelektion', gross: krone(price), vatRateBp: 2500 };
  await school.owner.post('/charges', body).expect(201);
  const { body: invoice } = await school.owner.post('/invoices', { studentId }).expect(201);
  return { studentId, invoiceId: invoice.id as Id, number: invoice.number as number };
}

describe('books behind a page for consent', () => {
  it('are connected by whoever comes back with a state that is good once', async () => {
    const { owner } = till.nord;
    await owner.post(`${path}/connection`, { provider: 'memory' }).expect(422);
    const begin = async () =>
      (await owner.post(`${path}/connection/consent`, { provider: 'memory' }).expect(201)).body.url;
    const stateOf = (url: string) => new URL(url).searchParams.get('state')!;
    const back = (query: string) =>
      fetch(`${till.test.url}/accounting/return?${query}`).then((answer) => answer.text());
    expect(await back('state=made-up&code=good')).toContain('ikke forbundet');
    expect(await back(`state=${stateOf(await begin())}&error=access_denied`)).toContain('ikke forbundet');
    const state = stateOf(await begin());
    expect(await back(`state=${state}&code=good`)).toContain('er forbundet');
    expect(await back(`state=${state}&code=good`)).toContain('ikke forbundet');
    expect(await read('connection')).toMatchObject({ state: 'connected', provider: 'memory', companyName: 'Nord ApS' });
    expect(await read('connection', till.syd)).toMatchObject({ state: 'none' });
    const { rows } = (await raw('SELECT credentials FROM accounting_connections')) as {
      rows: { credentials: string }[];
    };
    expect(rows.map(({ credentials }) => credentials).join()).not.toContain('access-');
    expect((await owner.post(`${path}/connection/test`).expect(200)).body).toEqual({
      id: 'nord-aps',
      name: 'Nord ApS',
    });
  });

  it('show in a dry run exactly what they get, and which account is missing, and keep nothing of it', async () => {
    await settings({ mode: 'documents' });
    const { mappings } = await read('mappings');
    const named = Object.fromEntries(mappings.map(({ ours, theirs }: Record<string, string>) => [ours, theirs]));
    expect(named).toMatchObject({ 3000: '1010', 1000: '5820', 2500: 'S25', 1200: null });
    await till.paid(650);
    const preview = await read('preview');
    expect(preview.items.map(({ kind }: { kind: string }) => kind)).toEqual(['customer', 'invoice', 'payment']);
    expect(preview.items[2]).toMatchObject({ missing: 'account 1200', content: null });
    expect([await records(), books.entries]).toEqual([[], []]);
    await sync();
    expect((await records()).map(({ kind, state, error }) => [kind, state, error])).toEqual([
      ['payment', 'failed', 'mapping_missing account 1200'],
      ['invoice', 'booked', null],
      ['customer', 'booked', null],
    ]);
    expect(books.of('invoice')[0]!.content).toMatchObject(JSON.parse(JSON.stringify(preview.items[1].content), revive));
    expect(books.vouchers.map(({ bytes }) => bytes.subarray(0, 5).toString())).toEqual(['%PDF-']);
    const known = mappings.filter(({ theirs }: { theirs: string | null }) => theirs !== null);
    const plain = known.map(({ kind, ours, theirs }: Record<string, string>) => ({ kind, ours, theirs }));
    const added = [
      ...plain,
      { kind: 'account', ours: '1200', theirs: '5830' },
      { kind: 'account', ours: '2200', theirs: '6800' },
    ];
    await till.nord.owner.put(`${path}/mappings`, { mappings: added }).expect(200);
    await sync();
    const [payment] = books.of('payment');
    expect(payment!.content).toMatchObject({
      account: '5830',
      settles: [{ document: books.of('invoice')[0]!.booksId }],
    });
    expect((await records('&state=booked')).length).toBe(3);
  });

  it('get each document once, whatever becomes of an answer, and one that is refused keeps no other back', async () => {
    const before = books.of('invoice').length;
    for (let n = 0; n < 3; n++) await till.invoiced(100 + n);
    books.faults.push('lost', 'refused');
    await sync();
    expect((await records('&kind=customer')).map(({ state }) => state).sort()).toEqual([
      'booked',
      'booked',
      'failed',
      'unknown',
    ]);
    till.test.clock.advance({ minutes: 3 });
    const { lookUps } = books;
    await sync();
    expect(books.lookUps).toBeGreaterThan(lookUps);
    expect(await records('&state=unknown')).toEqual([]);
    const [failed] = await records('&state=failed');
    expect(failed).toMatchObject({ error: 'account_locked' });
    await till.nord.owner.post(`${path}/records/${failed!.id}/retry`).expect(200);
    await till.nord.owner.post(`${path}/records/${failed!.id}/retry`).expect(200);
    books.faults.push('refused');
    await sync();
    await till.nord.owner.post(`${path}/records/retry`).expect(200);
    await sync();
    expect(await records('&state=failed')).toEqual([]);
    expect(books.of('invoice').length).toBe(before + 3);
    onlyOnce();
    till.test.clock.follow();
  });

  it('are left alone for as long as they ask', async () => {
    await till.invoiced(300);
    books.faults.push('busy');
    const asked = till.test.clock.now().getTime();
    await settings({ syncOn: true });
    await sync();
    const { lastError, nextSyncAt } = await read('connection');
    expect(lastError).toBe('unavailable');
    expect(new Date(nextSyncAt).getTime() - asked).toBeGreaterThanOrEqual(90_000);
    await settings({ syncOn: false });
    till.test.clock.advance({ minutes: 2 });
    await sync();
    expect((await read('connection')).records).toMatchObject({ waiting: 0, unknown: 0, failed: 0 });
    onlyOnce();
    till.test.clock.follow();
  });

  it('get what a worker that died was sending from the next one, who looks first', async () => {
    const { studentId } = await till.invoiced(410);
    await sync();
    await till.nord.owner
      .post('/charges', { studentId, description: 'Bog', gross: krone(50), vatRateBp: 2500 })
      .expect(201);
    const { body: invoice } = await till.nord.owner.post('/invoices', { studentId }).expect(201);
    books.faults.push('dead');
    const dead = sync();
    const booked = () => books.of('invoice').some(({ reference }) => reference === String(invoice.number));
    while (!booked()) await new Promise((done) => setTimeout(done, 20));
    // While its lease lasts, nobody else sends.
    await sync();
    expect(await records('&state=sending')).toHaveLength(1);
    till.test.clock.advance({ minutes: 3 });
    await sync();
    expect(await records('&state=sending')).toEqual([]);
    onlyOnce();
    void dead;
    till.test.clock.follow();
  });

  it('are asked for a new token once, however many workers want one', async () => {
    const { rows } = (await raw('SELECT id FROM accounting_connections')) as { rows: { id: Id }[] };
    const access = till.test.app.get(StoredAccess, { strict: false }).of(rows[0]!.id, 'memory');
    const tokens = (ask: () => Promise<string>) => till.nord.run(() => Promise.all(Array.from({ length: 5 }, ask)));
    const { refreshes } = books.consent;
    till.test.clock.advance({ minutes: 31 });
    const [fresh, ...others] = await tokens(() => access.token());
    expect(new Set(others)).toEqual(new Set([fresh]));
    books.consent.spoil();
    const renewed = await tokens(() => access.renew(fresh!));
    expect(new Set(renewed).size).toBe(1);
    expect(books.consent.refreshes).toBe(refreshes + 2);
    till.test.clock.follow();
  });

  it('are let in by what is sealed anew when the key changes', async () => {
    const { encryptionKey: today } = till.test.app.get(AppConfig, { strict: false });
    const next = 'the key that is in force next year, and not before';
    const rotate = (encryptionKey: string, accepted: string) =>
      new RotateKeys(
        till.test.app.get(MikroORM, { strict: false }),
        till.test.em.fork(),
        new Encryption({ encryptionKey, acceptedEncryptionKeys: [accepted] } as unknown as AppConfig),
      ).execute();
    const sealed = async () =>
      ((await raw("SELECT credentials FROM accounting_connections WHERE provider = 'memory'")) as { rows: object[] })
        .rows;
    const before = await sealed();
    expect(await rotate(next, today)).toBeGreaterThan(0);
    expect(await sealed()).not.toEqual(before);
    await rotate(today, next);
    await till.nord.owner.post(`${path}/connection/test`).expect(200);
  });

  it('say the same as our ledger, and where they do not, which document it is', async () => {
    const period = `reconciliation?from=${till.today()}&until=${till.today()}`;
    const same = await read(period);
    expect(same.differences).toEqual([]);
    expect(same.kinds.map(({ same: is }: { same: boolean }) => is)).toEqual([true, true, true, true]);
    const [lost] = books.entries.splice(
      books.entries.findIndex(({ kind }) => kind === 'invoice'),
      1,
    );
    const { differences } = await read(period);
    expect(differences).toMatchObject([{ what: `invoice ${lost!.reference}`, problem: 'missing_there' }]);
    books.entries.push(lost!);
  });

  it('are not sent what the bookkeeper has closed', async () => {
    await settings({ closedThrough: till.today() });
    const { number } = await till.invoiced(90);
    await sync();
    const [failed] = await records('&state=failed');
    expect(failed).toMatchObject({ kind: 'invoice', reference: String(number), error: 'period_closed' });
    await settings({ closedThrough: null });
    await till.nord.owner.post(`${path}/records/retry`).expect(200);
    await sync();
    expect(await records('&state=failed')).toEqual([]);
  });

  it('are proved to have everything: a planted breach is found', async () => {
    const verify = () => till.nord.run(() => till.test.app.get(AccountingChecks, { strict: false }).verify());
    expect(await verify()).toEqual([]);
    const [invoice, other] = await records('&kind=invoice');
    await raw(`UPDATE accounting_records SET books_id = 'twice' WHERE id IN (${hex(invoice!.id)}, ${hex(other!.id)})`);
    expect(await verify()).toEqual(['2 records of kind invoice are twice in the books']);
    await raw(`UPDATE accounting_records SET books_id = '' WHERE id = ${hex(invoice!.id)}`);
    expect(await verify()).toEqual([`invoice ${invoice!.reference} is booked without a name in the books`]);
    await raw(`DELETE FROM accounting_records WHERE id = ${hex(invoice!.id)}`);
    await raw(
      "UPDATE accounting_connections SET last_success_at = last_success_at + INTERVAL 3 HOUR WHERE provider = 'memory'",
    );
    expect(await verify()).toEqual([`invoice ${invoice!.reference} has no record for the bookkeeping`]);
  });

  it('are known to be gone once they take our access no more, and go on where they were', async () => {
    const connected = await read('connection');
    books.consent.withdrawn = true;
    await till.invoiced(70);
    await sync();
    expect(await read('connection')).toMatchObject({ state: 'none' });
    books.consent.withdrawn = false;
    const { body } = await till.nord.owner.post(`${path}/connection/consent`, { provider: 'memory' }).expect(201);
    await fetch(`${till.test.url}/accounting/return?code=good&state=${new URL(body.url).searchParams.get('state')}`);
    const again = await read('connection');
    expect(again.records.booked).toBe(connected.records.booked);
    await till.nord.owner.put(`${path}/settings`, { ...(await read('settings')), mode: 'journals' }).expect(409);
    await till.nord.owner.delete(`${path}/connection`).expect(204);
    expect(books.consent.revoked).toHaveLength(1);
    await till.nord.owner.get(`${path}/settings`).expect(409);
    await till.test.settle();
    const { rows: told } = await raw(`SELECT d.state, d.last_error AS error, (SELECT COUNT(*) FROM messages m
      WHERE m.kind = 'school_books_disconnected' AND m.school_id = e.school_id) AS messages
      FROM outbox_deliveries d JOIN outbox_events e ON e.id = d.event_id WHERE d.handler = 'notifications.tell-books-lost'`);
    expect(told).toEqual([{ state: 'done', error: null, messages: 1 }]);
  });
});

/** What stands in the books, by what we call it: each once. */
function onlyOnce(): void {
  const names = books.entries.map(({ kind, reference }) => `${kind} ${reference}`);
  expect(names).toEqual([...new Set(names)]);
}

const revive = (_key: string, value: unknown) =>
  value && typeof value === 'object' && 'amount' in value && 'currency' in value
    ? expect.objectContaining({ amount: (value as { amount: number }).amount })
    : value;

describe('of several companies', () => {
  it('one is chosen', async () => {
    const other = { id: 'syd-aps', name: 'Syd ApS', currency: 'DKK' };
    books.consent.companiesThere = [
      other,
      { id: 'usa', name: 'USA', currency: 'USD' },
      ...books.consent.companiesThere,
    ];
    const { body } = await till.nord.owner.post(`${path}/connection/consent`, { provider: 'memory' }).expect(201);
    await fetch(`${till.test.url}/accounting/return?code=good&state=${new URL(body.url).searchParams.get('state')}`);
    const choosing = await read('connection');
    expect(choosing).toMatchObject({ state: 'choosing', companyName: null });
    expect(choosing.companies.map(({ id }: { id: string }) => id)).toEqual(['syd-aps', 'nord-aps']);
    const choose = (company: string) => till.nord.owner.post(`${path}/connection/company`, { company });
    await choose('usa').expect(422);
    const booked = (await choose('nord-aps').expect(200)).body.records.booked;
    expect(booked).toBeGreaterThan(0);
    await till.nord.owner.post(`${path}/connection/test`).expect(200);
    await till.nord.owner.delete(`${path}/connection`).expect(204);
  });
});

describe('bookkeeping by file', () => {
  const ore = (text: string | undefined) => Number((text ?? '').replace(',', '') || 0);
  const linesOf = (text: string) =>
    text
      .slice(1)
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'));
  const sum = (lines: string[][], column: number) => lines.reduce((total, line) => total + ore(line[column]), 0);
  const files = async (school: TestSchool = till.nord) =>
    (await read('files?limit=200', school)).items as { id: Id; name: string; sha256: string; bytes: number }[];
  const download = async (id: Id, school: TestSchool = till.nord) =>
    (
      await school.owner
        .get(`${path}/files/${id}`)
        .buffer(true)
        .parse(bytesOf as never)
        .expect(200)
    ).body as Buffer;

  it('gets the journal of each finished day, with a manifest, at its turn, and what was posted to it later', async () => {
    const { owner } = till.nord;
    await owner.post(`${path}/connection`, { provider: 'csv' }).expect(201);
    await settings({ syncOn: true });
    await till.invoiced(777);
    const day = till.today();
    await till.nord.owner.post(`${path}/sync`).expect(202);
    till.test.clock.set(new Date(`${addDays(day, 1)}T11:00:00Z`));
    await till.test.app.get(SyncJobs, { strict: false }).run(till.test.clock.now());
    await till.test.settle();
    // A turn of the schedule's own may have been under way.
    await until(async () => {
      await sync();
      const { rows } = await raw("SELECT id FROM accounting_files WHERE kind = 'manifest'");
      return rows.length > 0;
    });
    till.test.clock.follow();
    const name = `journal-${day}_${day}`;
    // The gateway's fees of that day may have had their own journal meanwhile.
    const made = (await files()).filter((file) => file.name.startsWith(`${name}.`));
    expect(made.map((file) => file.name)).toEqual([`${name}.manifest.json`, `${name}.csv`]);
    const bytes = await download(made[1]!.id);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made[1]!.sha256);
    expect(JSON.parse((await download(made[0]!.id)).toString())).toMatchObject({
      from: day,
      to: day,
      sha256: made[1]!.sha256,
    });
    const lines = linesOf(bytes.toString());
    expect(sum(lines, 4)).toBeGreaterThan(77_700);
    expect(sum(lines, 4)).toBe(sum(lines, 5));
    expect(await readFile(join(folder, till.nord.id, `${name}.csv`))).toEqual(bytes);
    expect([...bucket.objects.values()]).toContainEqual(bytes);
    await till.nord.student.caller.get(`${path}/files`).expect(403);
    await till.syd.owner.get(`${path}/files/${made[1]!.id}`).expect(404);
    // Posted to a day that is in the books already.
    await till.invoiced(100);
    till.test.clock.set(new Date(`${addDays(day, 1)}T12:00:00Z`));
    const compare = () =>
      till.nord.run(() => till.test.app.get(ReconcileBooks, { strict: false }).execute({ from: day, until: day }));
    // The gateway's fees of that day are posted to it too, whenever its books are read.
    await until(async () => {
      await sync();
      return (await compare()).differences.length === 0;
    });
    till.test.clock.follow();
    const more = await files();
    expect(more.map((file) => file.name)).toEqual(expect.arrayContaining([`${name}_2.csv`, `${name}_2.manifest.json`]));
    const later = more.filter((file) => /_\d+\.csv$/.test(file.name) && file.name !== `${name}.csv`);
    const bytesOfLater = await Promise.all(later.map(({ id }) => download(id)));
    expect(bytesOfLater.reduce((total, text) => total + sum(linesOf(text.toString()), 4), 0)).toBeGreaterThanOrEqual(
      10_000,
    );
    expect((await readdir(join(folder, till.nord.id))).sort()).toEqual(more.map((file) => file.name).sort());
  });

  it('gets each document with its voucher, where a school wants that, in the letters of its bookkeeping', async () => {
    const { syd } = till;
    await syd.owner.post(`${path}/connection`, { provider: 'csv' }).expect(201);
    const layout = { columns: ['date', 'account', 'amount'], encoding: 'windows-1252', decimal: 'point' };
    await settings({ mode: 'documents', layout }, syd);
    const { studentId, invoiceId, number } = await invoiceOf(syd, 'files@syd.example', 500);
    await paidByBank(syd, studentId, 500, invoiceId);
    const { body: note } = await syd.owner.post(`/invoices/${invoiceId}/credit-notes`, { reason: 'Fejl' }).expect(201);
    await sync(syd);
    expect(await records('&state=failed', syd)).toEqual([]);
    const made = await files(syd);
    const names = made.map(({ name }) => name);
    const documents = [`invoice-${number}`, `credit_note-${note.number}`];
    expect(names).toEqual(expect.arrayContaining(documents.flatMap((name) => [`${name}.csv`, `${name}.pdf`])));
    const invoice = await download(made.find(({ name }) => name === `invoice-${number}.csv`)!.id, syd);
    expect(new TextDecoder('windows-1252').decode(invoice)).toContain('Kørelektion;1;400.00;100.00;3000;U25');
    const voucher = await download(made.find(({ name }) => name === `invoice-${number}.pdf`)!.id, syd);
    expect(voucher.subarray(0, 5).toString()).toBe('%PDF-');
    const today = till.today();
    expect((await read(`reconciliation?from=${today}&until=${today}`, syd)).differences).toEqual([]);
  });
});

describe('Xero', () => {
  const name = 'Nordhavn Køreskole ApS';
  const theirs = { 1000: '090', 2200: '655', 3000: '200' };
  const rates = { 2500: 'OUTPUT2', 0: 'EXEMPTOUTPUT' };

  interface Held {
    readonly name: string;
    readonly contacts: readonly { readonly ContactNumber: string }[];
    readonly documents: readonly { readonly id: string; readonly kind: string; readonly number: string }[];
    readonly payments: readonly { readonly of: string }[];
    readonly attachments: Readonly<Record<string, readonly { readonly MimeType: string }[]>>;
  }
  const held = async (): Promise<Held> => {
    const answer = await fetch(`${till.test.sandbox.url}/_sandbox/books`);
    return ((await answer.json()) as { xero: Held[] }).xero.find((each) => each.name === name)!;
  };
  const preview = async () => (await read('preview', till.syd)).items as { kind: string; missing: string | null }[];

  async function consent(): Promise<void> {
    const { xero } = till.test.sandbox.books;
    const other = xero.open('Anden ApS');
    const mine = [...xero.organisations.values()].find((each) => each.name === name)!;
    const { body } = await till.syd.owner.post(`${path}/connection/consent`, { provider: 'xero' }).expect(201);
    const agreed = new URLSearchParams([other, mine].map(({ id }) => ['company', id] as [string, string]));
    const { headers } = await fetch(body.url, { method: 'POST', body: agreed, redirect: 'manual' });
    expect(await (await fetch(headers.get('location')!)).text()).toContain('er forbundet');
    expect(await read('connection', till.syd)).toMatchObject({ state: 'choosing', provider: 'xero' });
    await till.syd.owner.post(`${path}/connection/company`, { company: mine.id }).expect(200);
    expect(await read('connection', till.syd)).toMatchObject({ state: 'connected', companyName: name });
  }

  async function map(): Promise<void> {
    const accounts = Object.entries(theirs).map(([ours, code]) => ({ kind: 'account', ours, theirs: code }));
    const taxes = Object.entries(rates).map(([ours, code]) => ({ kind: 'tax', ours, theirs: code }));
    await till.syd.owner.put(`${path}/mappings`, { mappings: [...accounts, ...taxes] }).expect(200);
  }

  it('has each document once, with its PDF, although an answer was lost and the access ran out', async () => {
    const { syd } = till;
    const { xero } = till.test.sandbox.books;
    await syd.owner.delete(`${path}/connection`).expect(204);
    await consent();
    await settings({ mode: 'documents' }, syd);
    await map();
    const paid = await invoiceOf(syd, 'paid@syd.example', 500);
    await paidByBank(syd, paid.studentId, 500, paid.invoiceId);
    const credited = await invoiceOf(syd, 'credited@syd.example', 300);
    await syd.owner.post(`/invoices/${credited.invoiceId}/credit-notes`, { reason: 'Fejl' }).expect(201);

    const planned = await preview();
    expect(planned.filter(({ missing }) => missing !== null)).toEqual([]);
    expect(await held()).toMatchObject({ contacts: [], documents: [], payments: [] });

    // As often as a call is repeated: nobody knows whether the first invoice was booked, and Xero has forgotten our key.
    const lost = { system: 'xero', operation: 'invoices.create', kind: 'timeout_after_acting' } as const;
    till.test.sandbox.faults.add({ ...lost, times: 3, delayMs: 1_000 });
    await sync(syd);
    expect((await read('connection', syd)).records).toMatchObject({ unknown: 1, failed: 0 });
    xero.forgetKeys();
    xero.oauth.expireAccess();
    till.test.clock.advance({ minutes: 2 });
    await sync(syd);
    till.test.clock.follow();

    const done = { waiting: 0, sending: 0, unknown: 0, failed: 0, booked: planned.length };
    expect((await read('connection', syd)).records).toEqual(done);
    const { contacts, documents, payments, attachments } = await held();
    const count = (kind: string) => planned.filter((each) => each.kind === kind).length;
    const numbers = (kind: string) => documents.filter((each) => each.kind === kind).map(({ number }) => number);
    expect(new Set(contacts.map((each) => each.ContactNumber)).size).toBe(contacts.length);
    expect(contacts).toHaveLength(count('customer'));
    for (const kind of ['invoice', 'credit_note']) {
      expect(count(kind)).toBeGreaterThan(0);
      expect(numbers(kind)).toHaveLength(count(kind));
      expect(new Set(numbers(kind)).size).toBe(count(kind));
    }
    expect(payments.filter(({ of }) => of === String(paid.number))).toHaveLength(1);
    for (const { id } of documents) {
      expect(attachments[id]!.map(({ MimeType }) => MimeType)).toEqual(['application/pdf']);
    }

    const today = till.today();
    const { kinds, differences } = await read(`reconciliation?from=${today}&until=${today}`, syd);
    expect([differences, kinds.map(({ same }: { same: boolean }) => same)]).toEqual([[], [true, true, true, true]]);
    // A record that says not what it is of is told of, and stops nothing.
    await raw(`INSERT INTO accounting_records (id, school_id, connection_id, kind, step, reference, occurred_on, until_on,
      amount_minor, currency, state, voucher, attempts, next_try_at, created_at)
      SELECT UNHEX(REPLACE(UUID(), '-', '')), school_id, connection_id, kind, step, 'lost', occurred_on, until_on,
      amount_minor, currency, 'waiting', voucher, 0, created_at, created_at FROM accounting_records
      WHERE school_id = ${hex(syd.id)} AND kind = 'invoice' ORDER BY id DESC LIMIT 1`);
    expect(await preview()).toMatchObject([{ kind: 'invoice', missing: 'subject' }]);
    await sync(syd);
    expect(await records('&state=failed', syd)).toMatchObject([{ reference: 'lost', error: 'subject_missing' }]);

    await syd.owner.delete(`${path}/connection`).expect(204);
    expect(await read('connection', syd)).toMatchObject({ state: 'none' });
  });
});

describe.each([
  {
    provider: 'e-conomic',
    accounts: { 1000: '5820', 2200: '6900', 3000: '1000', 3010: '1000' },
    rates: { 2500: 'U25', 0: 'UEU' },
    connect: () => till.syd.owner.post(`${path}/connection`, { provider: 'e-conomic', token: 'sandbox' }).expect(201),
  },
  {
    provider: 'quickbooks',
    accounts: { 1000: '35', 2200: '95', 3000: '71', 3010: '71' },
    rates: { 2500: '5', 0: '6' },
    connect: async () => {
      const { body } = await till.syd.owner.post(`${path}/connection/consent`, { provider: 'quickbooks' }).expect(201);
      const [company] = till.test.sandbox.books.quickbooks.companies.keys();
      const agreed = new URLSearchParams({ company: company! });
      const { headers } = await fetch(body.url, { method: 'POST', body: agreed, redirect: 'manual' });
      await fetch(headers.get('location')!);
    },
  },
])('$provider', ({ provider, accounts, rates, connect }) => {
  it('has what happened on the day, and says the same as our ledger', async () => {
    const { syd } = till;
    await connect();
    await settings({ mode: 'documents' }, syd);
    const named = (kind: string, words: object) =>
      Object.entries(words).map(([ours, theirs]) => ({ kind, ours, theirs }));
    const mappings = [...named('account', accounts), ...named('tax', rates)];
    await syd.owner.put(`${path}/mappings`, { mappings }).expect(200);
    const paid = await invoiceOf(syd, `paid@${provider}.example`, 500);
    await paidByBank(syd, paid.studentId, 500, paid.invoiceId);
    const { items: planned } = await read('preview?limit=200', syd);
    expect(planned.filter(({ missing }: { missing: string | null }) => missing !== null)).toEqual([]);
    await sync(syd);
    const { id, records: counts } = await read('connection', syd);
    expect(counts).toEqual({ waiting: 0, sending: 0, unknown: 0, failed: 0, booked: planned.length });
    const today = till.today();
    const { kinds, differences } = await read(`reconciliation?from=${today}&until=${today}`, syd);
    expect([differences, kinds.map(({ same }: { same: boolean }) => same)]).toEqual([[], [true, true, true, true]]);
    const vouchers = (await records(`&connectionId=${id}&kind=invoice`, syd)) as unknown as { voucher: string }[];
    expect(new Set(vouchers.map(({ voucher }) => voucher))).toEqual(new Set(['attached']));

    // Of the books before these.
    const [lost] = (await records('&state=failed', syd)) as unknown as { id: Id; books: object }[];
    expect(lost!.books).toMatchObject({ provider: 'xero', companyName: 'Nordhavn Køreskole ApS', connected: false });
    const { body: problem } = await syd.owner.post(`${path}/records/${lost!.id}/retry`).expect(409);
    expect(problem.code).toBe('accounting_record.of_other_books');
    await syd.owner.delete(`${path}/connection`).expect(204);
  });
});

it('a period’s journal has its sums on paper as its voucher', async () => {
  const { syd } = till;
  const agreement = till.test.sandbox.books.economic.open('Sydhavn Køreskole ApS');
  await syd.owner.post(`${path}/connection`, { provider: 'e-conomic', token: agreement.grant }).expect(201);
  const theirs = { 1000: '5820', 1100: '5600', 1200: '5830', 2200: '6900', 3000: '1000', 3010: '1000', 7200: '6900' };
  const mappings = Object.entries(theirs).map(([ours, code]) => ({ kind: 'account', ours, theirs: code }));
  await syd.owner
    .put(`${path}/mappings`, { mappings: [...mappings, { kind: 'tax', ours: '2500', theirs: 'U25' }] })
    .expect(200);
  const day = till.today();
  till.test.clock.set(new Date(`${addDays(day, 1)}T11:00:00Z`));
  await sync(syd);
  till.test.clock.follow();
  const { id } = await read('connection', syd);
  const sent = (await records(`&connectionId=${id}`, syd)) as unknown as { state: string; voucher: string }[];
  expect(sent).toMatchObject([{ kind: 'journal', reference: `${day}_${day}`, state: 'booked', voucher: 'attached' }]);
  expect([...agreement.files.values()]).toEqual([expect.any(Number)]);
  expect((await read(`reconciliation?from=${day}&until=${day}`, syd)).differences).toEqual([]);
  await syd.owner.delete(`${path}/connection`).expect(204);
});

it('the audit log has each of these deeds', async () => {
  const { rows } = (await raw('SELECT DISTINCT action FROM audit_entries')) as { rows: { action: string }[] };
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'accounting_connection.made',
      'accounting_connection.ended',
      'accounting_sync.configured',
      'accounting_sync.asked',
      'accounting_mapping.set',
      'accounting_record.retried',
      'accounting_record.all_retried',
      'accounting_file.downloaded',
      'journal.exported',
    ]),
  );
});

function bytesOf(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  response.on('end', () => done(null, Buffer.concat(parts)));
}
