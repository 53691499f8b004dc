import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';

type Row = RowDataPacket & Record<string, string>;

const folder = resolve('.local', 'test-schemas');
const migrations = resolve('migrations');

/** What a database holds once it is migrated, as statements; null where these migrations were not run on this server yet. */
export async function copyOfSchema(url: string): Promise<string | null> {
  try {
    return readFileSync(await fileFor(url), 'utf8');
  } catch {
    return null;
  }
}

/** Keeps what the migrated database holds, in place of what other migrations gave. */
export async function keepSchema(url: string): Promise<void> {
  const file = await fileFor(url);
  const statements = await connected(url, schemaOf);
  mkdirSync(folder, { recursive: true });
  // Another worker may be at it too: whole files only, and both write the same.
  writeFileSync(`${file}.${process.pid}`, statements);
  renameSync(`${file}.${process.pid}`, file);
  for (const name of readdirSync(folder))
    if (name.endsWith('.sql') && join(folder, name) !== file) rmSync(join(folder, name), { force: true });
}

/** On another server, too, where whoever made the triggers is not known. */
export async function restoreSchema(url: string, statements: string): Promise<void> {
  await connected(url, (db) => db.query(statements.replace(/CREATE DEFINER=\S+ TRIGGER/g, 'CREATE TRIGGER')));
}

async function fileFor(url: string): Promise<string> {
  const [[server]] = await connected(url, (db) => db.query<Row[]>('SELECT VERSION() AS version'));
  const hash = createHash('sha256').update(server!['version']);
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(join(migrations, name)));
  return join(folder, `${hash.digest('hex').slice(0, 20)}.sql`);
}

async function schemaOf(db: Connection): Promise<string> {
  const statements = ['SET FOREIGN_KEY_CHECKS = 0'];
  const [tables] = await db.query<Row[]>('SHOW FULL TABLES');
  for (const row of tables) {
    const [name, kind] = Object.values(row);
    if (kind !== 'BASE TABLE') throw new Error(`${name} is a ${kind}, which is not copied yet`);
    const [[shown]] = await db.query<Row[]>('SHOW CREATE TABLE ??', [name]);
    statements.push(shown!['Create Table'], ...(await rowsOf(db, name)));
  }
  const [triggers] = await db.query<Row[]>('SHOW TRIGGERS');
  for (const { Trigger } of triggers) {
    const [[shown]] = await db.query<Row[]>('SHOW CREATE TRIGGER ??', [Trigger]);
    statements.push(shown!['SQL Original Statement']);
  }
  return [...statements, 'SET FOREIGN_KEY_CHECKS = 1'].join(';\n');
}

async function rowsOf(db: Connection, table: string): Promise<string[]> {
  const [rows] = await db.query<Row[]>('SELECT * FROM ??', [table]);
  return rows.length > 0 ? [db.format('INSERT INTO ?? VALUES ?', [table, rows.map((row) => Object.values(row))])] : [];
}

async function connected<T>(url: string, work: (db: Connection) => Promise<T>): Promise<T> {
  const uri = url.replace(/^mariadb:/, 'mysql:');
  const db = await createConnection({
    uri,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    multipleStatements: true,
  });
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}
