import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { References } from '../../src/platform/verification/references.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { findProgram } from '../../scripts/bootstrap/programs.mjs';
import { Till } from '../e2e/till.js';
import { startTestApp } from '../support/app.js';
import { dropDatabase, emptyDatabase } from '../support/database-server.js';
import { callerOf } from '../support/test-school.js';

const run = promisify(execFile);
const kept: string[] = [];
let till: Till;
let folder: string;
let restored: string | undefined;

beforeAll(async () => {
  till = await Till.open();
  folder = mkdtempSync(join(tmpdir(), 'jd-backup-'));
});
afterAll(async () => {
  await till.close();
  if (restored) await dropDatabase(restored);
  rmSync(folder, { recursive: true, force: true });
});

const backups = () => join(folder, 'backups');

function backup(env: Record<string, string> = {}) {
  const { databaseUrl, filesFolder } = till.test;
  return run(resolve('scripts/backup.sh'), {
    env: {
      PATH: process.env['PATH']!,
      DATABASE_URL: databaseUrl,
      FILES_DIR: filesFolder,
      BACKUP_DIR: backups(),
      ...env,
    },
  });
}

function restore(from: string, databaseUrl: string, files: string, more: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH']!, DATABASE_URL: databaseUrl, FILES_DIR: files, ...more };
  return run(resolve('scripts/restore.sh'), [from], { env });
}

/** The checksum of each table, as the server computes it. */
async function checksums(url: string): Promise<Record<string, unknown>> {
  const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
  try {
    const [rows] = await connection.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
    );
    // Schedules turn while the dump is taken.
    const names = (rows as { name: string }[]).map(({ name }) => name).filter((name) => name !== 'schedules');
    const [sums] = await connection.query(`CHECKSUM TABLE ${names.map((name) => `\`${name}\``).join(', ')}`);
    return Object.fromEntries(
      (sums as { Table: string; Checksum: number }[]).map(({ Table, Checksum }) => [Table.split('.')[1], Checksum]),
    );
  } finally {
    await connection.end();
  }
}

describe('a backup', () => {
  it('restored elsewhere is the same, table for table, adds up, and is served', async () => {
    const { studentId } = await till.invoiced();
    await till.paid();
    await till.test.settle();
    writeFileSync(join(till.test.filesFolder, 'a file'), 'bytes');
    const { stdout } = await backup({ BACKUP_METRICS_FILE: join(folder, 'backup.prom') });
    const made = stdout.trim();
    kept.push(made);
    expect(statSync(made).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, 'backup.prom'), 'utf8')).toMatch(
      /^just_driving_backup_finished_timestamp_seconds \d{10}\n$/,
    );

    restored = await emptyDatabase('restored');
    const files = join(folder, 'files');
    await restore(made, restored, files);
    const sums = await checksums(restored);
    expect(Object.keys(sums).length).toBeGreaterThan(50);
    expect(sums).toEqual(await checksums(till.test.databaseUrl));
    expect(readFileSync(join(files, 'a file'), 'utf8')).toBe('bytes');

    const beside = { ...till.test, databaseUrl: restored, filesFolder: files };
    const other = await startTestApp({ beside, jobs: false });
    try {
      const base = `/v1/schools/${till.nord.id}`;
      const owner = await callerOf(other, till.nord.owner.userId, base);
      const theirs = await owner.get(`/students/${studentId}`).expect(200);
      expect(theirs.body).toEqual((await till.nord.owner.get(`/students/${studentId}`).expect(200)).body);
      expect(await other.app.get(References, { strict: false }).verify()).toEqual([]);
      const proofs = await other.app.get(Verification, { strict: false }).ofSchool(till.nord.id);
      expect(proofs.length).toBeGreaterThan(2);
      expect(proofs.flatMap(({ findings }) => findings)).toEqual([]);
      const rewrite = other.em.fork().execute('UPDATE audit_entries SET at = at');
      await expect(rewrite).rejects.toThrow('stays as it is');
    } finally {
      await other.close();
    }
  });

  const whenAge = findProgram('age') ? it : it.skip;

  whenAge('that is encrypted holds nothing readable, and comes back with the secret key alone', async () => {
    writeFileSync(join(till.test.filesFolder, 'a file'), 'bytes of a person');
    const keys = join(folder, 'the keys');
    const { stderr } = await run('age-keygen', ['--output', keys]);
    const recipients = join(folder, 'the recipients');
    writeFileSync(recipients, /age1\w+/.exec(stderr)![0]);
    const { stdout } = await backup({ BACKUP_DIR: join(folder, 'sealed'), BACKUP_RECIPIENTS: recipients });
    const made = stdout.trim();
    expect(readdirSync(made).toSorted()).toEqual(['SHA256SUMS', 'database.sql.gz.age', 'files.tar.gz.age']);
    for (const file of ['database.sql.gz.age', 'files.tar.gz.age'])
      expect(readFileSync(join(made, file)).subarray(0, 21).toString()).toBe('age-encryption.org/v1');

    const database = await emptyDatabase('opened');
    const files = join(folder, 'opened');
    try {
      await expect(restore(made, database, files)).rejects.toThrow('BACKUP_IDENTITY');
      await run('age-keygen', ['--output', join(folder, 'others')]);
      const wrong = { BACKUP_IDENTITY: join(folder, 'others') };
      await expect(restore(made, database, files, wrong)).rejects.toThrow('does not open');
      await restore(made, database, files, { BACKUP_IDENTITY: keys });
      expect(await checksums(database)).toEqual(await checksums(till.test.databaseUrl));
      expect(readFileSync(join(files, 'a file'), 'utf8')).toBe('bytes of a person');
    } finally {
      await dropDatabase(database);
    }
    const unreadable = backup({ BACKUP_DIR: join(folder, 'sealed'), BACKUP_RECIPIENTS: join(folder, 'nobody') });
    await expect(unreadable).rejects.toThrow('cannot be read');
    expect(readdirSync(join(folder, 'sealed'))).toHaveLength(1);
  });

  it('is not put over what is there, nor when it is not what was written', async () => {
    const [made] = kept;
    await expect(restore(made!, restored!, join(folder, 'more'))).rejects.toThrow('has tables already');
    const broken = join(folder, 'broken');
    cpSync(made!, broken, { recursive: true });
    writeFileSync(join(broken, 'database.sql.gz'), 'x');
    await expect(restore(broken, restored!, join(folder, 'more'))).rejects.toThrow('not what was written');
  });

  it('that fails leaves nothing that looks like one; old ones go, the last one stays', async () => {
    const wrong = till.test.databaseUrl.replace(/\/[^/]*$/, '/no_such_database');
    await expect(backup({ DATABASE_URL: wrong })).rejects.toThrow('the dump');
    expect(readdirSync(backups())).toHaveLength(1);
    const old = new Date(Date.now() - 40 * 86_400_000);
    utimesSync(kept[0]!, old, old);
    const { stdout } = await backup();
    expect(readdirSync(backups())).toEqual([stdout.trim().split('/').at(-1)]);
  });
});
