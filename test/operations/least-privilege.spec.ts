import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { parse } from 'yaml';
import { findProgram } from '../../scripts/bootstrap/programs.mjs';
import { Verification } from '../../src/platform/verification/verification.js';
import { Till } from '../e2e/till.js';
import { startTestApp, type TestApp } from '../support/app.js';

/*
 * The accounts that docker/database-accounts.sh makes: whoever serves may change rows and nothing else, and that is enough for all that
 * serving takes.
 */
let owner: TestApp;
let serving: TestApp;
let till: Till;
let url: string;
let wasHealthyBefore: boolean;

const passwords = { database_password: String.raw`serving'1\x`, database_schema_password: 'migrating-1' };

beforeAll(async () => {
  owner = await startTestApp({ jobs: false });
  wasHealthyBefore = isHealthy();
  const { stdout } = runAccounts(passwords);
  await onServer(stdout.split(';\n').filter((statement) => statement.trim()));
  const address = new URL(owner.databaseUrl);
  Object.assign(address, { username: 'least', password: encodeURIComponent(passwords.database_password) });
  url = address.href;
  // Whatever is done from here on is done by it.
  serving = await startTestApp({ beside: owner, env: { ...owner.env, DATABASE_URL: url } });
  owner.sandbox.stripe.webhooks.sendTo(`${serving.url}/webhooks/stripe`);
  till = await Till.at(serving);
}, 120_000);
afterAll(async () => {
  await serving?.close();
  await onServer(['DROP USER IF EXISTS least', 'DROP USER IF EXISTS least_schema']);
  await owner?.close();
});

async function onServer(statements: readonly string[]): Promise<void> {
  const connection = await createConnection(owner.databaseUrl.replace(/^mariadb:/, 'mysql:'));
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** Runs a script of the database's container in a shell, with these secrets. */
function inContainer(script: string, secrets: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'jd-accounts-'));
  try {
    mkdirSync(join(folder, 'secrets'));
    for (const [name, secret] of Object.entries(secrets)) writeFileSync(join(folder, 'secrets', name), secret);
    return spawnSync('sh', ['-c', script.replaceAll('/run/secrets', join(folder, 'secrets'))], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], MYSQL_DATABASE: new URL(owner.databaseUrl).pathname.slice(1) },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the database's image runs the script. */
function runAccounts(secrets: Readonly<Record<string, string>>): { readonly stdout: string; readonly stderr: string } {
  const script = readFileSync('docker/database-accounts.sh', 'utf8')
    // The server of the tests has an account of that name.
    .replaceAll("'just_driving", "'least");
  return inContainer(`docker_process_sql() { cat; }\n${script}`, secrets);
}

/** As the engine asks the container. */
function isHealthy(): boolean {
  const { services } = parse(readFileSync('docker/compose.yaml', 'utf8'), { merge: true }) as {
    services: { database: { healthcheck: { test: [string, string] } } };
  };
  const { hostname, port } = new URL(owner.databaseUrl);
  const script = services.database.healthcheck.test[1]
    .replaceAll('$$', '$')
    .replace('--user=just_driving', `--user=least --host=${hostname} --port=${port}`)
    .replace(/just_driving$/, '"$MYSQL_DATABASE"');
  return inContainer(script, passwords).status === 0;
}

describe('the accounts', () => {
  const hasClient = findProgram('mysql') !== undefined;
  (hasClient ? it : it.skip)('are what the container is healthy by', () => {
    expect([wasHealthyBefore, isHealthy()]).toEqual([false, true]);
  });

  it.each(['database_password', 'database_schema_password'] as const)('are not made without %s', (name) => {
    const { [name]: _, ...others } = passwords;
    for (const secrets of [others, { ...passwords, [name]: '' }])
      expect(runAccounts(secrets)).toMatchObject({
        stdout: '',
        stderr: expect.stringContaining(`secret ${name} is empty`),
      });
  });
});

describe('the login that serves', () => {
  it('is enough for lessons, money, messages and what runs by itself', async () => {
    const { student, invoiceId, paymentId } = await till.paid();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'Fejl' }).expect(202);
    await serving.settle();
    expect((await till.payment(paymentId)).refunds).toMatchObject([{ state: 'succeeded' }]);
    const lesson = { lessonTypeId: till.nord.lessonTypeId, startsAt: '2026-12-02T10:00:00.000Z' };
    const { id } = (await student.post('/bookings', lesson).expect(201)).body;
    await student.post(`/bookings/${id}/cancel`, {}).expect(200);
    await serving.settle();
    const proofs = await till.nord.run(() => serving.app.get(Verification, { strict: false }).ofSchool(till.nord.id));
    expect(proofs.flatMap(({ findings }) => findings)).toEqual([]);
    await serving.http.get('/health/ready').expect(200);
  });

  it('changes no table, no trigger and nobody’s rights', async () => {
    const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
    try {
      for (const statement of [
        'CREATE TABLE more (id INT)',
        'ALTER TABLE bookings ADD COLUMN more INT',
        'DROP TABLE audit_entries',
        'TRUNCATE TABLE audit_entries',
        'DROP TRIGGER audit_entries_fixed',
        "CREATE USER 'more'@'%' IDENTIFIED BY 'more'",
        "SELECT 'x' INTO OUTFILE '/tmp/more'",
      ])
        await expect(connection.query(statement)).rejects.toThrow(/denied|Access/);
    } finally {
      await connection.end();
    }
  });
});
