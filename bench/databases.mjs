// Two databases with the same rows: what the one contender writes must not burden the other.
import { createConnection } from 'mysql2/promise';
import { fill } from './data.mjs';
import { run } from './servers.mjs';

const names = { app: `jd_bench_app_${process.pid}`, floor: `jd_bench_floor_${process.pid}` };
const driverUrl = (url) => url.replace(/^mariadb:/, 'mysql:');

/**
 * @param server a server's URL without a database's name
 * @returns each database's name and URL, a connection that reaches both, `prepare()` and `drop()`
 */
export async function twoDatabases(server) {
  const urlOf = (name) => Object.assign(new URL(server), { pathname: `/${name}` }).toString();
  const urls = { app: urlOf(names.app), floor: urlOf(names.floor) };
  const db = await createConnection({ uri: driverUrl(server), timezone: 'Z', dateStrings: ['DATE'] });
  return {
    db,
    names,
    urls,
    /** Migrates and fills both. @returns the filled school's ids */
    async prepare(environment, size) {
      for (const [key, name] of Object.entries(names)) {
        await db.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_danish_ci`);
        await run('dist/src/cli.js', ['migrate'], { ...environment, DATABASE_URL: urls[key] });
      }
      await db.changeUser({ database: names.app });
      const school = await fill(db, size);
      await copy(db);
      return school;
    },
    async drop() {
      for (const name of Object.values(names)) await db.query(`DROP DATABASE IF EXISTS ${name}`);
      await db.end();
    },
  };
}

async function copy(db) {
  const [tables] = await db.query(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
    [names.app],
  );
  await db.query('SET FOREIGN_KEY_CHECKS = 0');
  for (const { name } of tables.filter((table) => table.name !== 'migrations')) {
    await db.query(`INSERT INTO ${names.floor}.${name} SELECT * FROM ${names.app}.${name}`);
    await db.query(`ANALYZE TABLE ${names.app}.${name}, ${names.floor}.${name}`);
  }
  await db.query('SET FOREIGN_KEY_CHECKS = 1');
}

/** What a worker would have done by now: no worker runs here, so deliveries would pile up and come due again. */
export async function settleDeliveries(db) {
  for (const name of Object.values(names))
    await db.query(`UPDATE ${name}.outbox_deliveries SET state = 'done' WHERE state = 'open'`);
}

export async function serverVersion(db) {
  const [[{ version }]] = await db.query('SELECT VERSION() AS version');
  return version;
}
