import { randomUUID } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

const worker = process.env['JEST_WORKER_ID'] ?? '1';
const prefix = `jd_test_${process.ppid}_${worker}`;

/** The servers that the test run was given; `npm test` starts private ones. */
export const databaseServer = (process.env['TEST_DATABASE_URL'] ?? 'mysql://root@127.0.0.1:3306').replace(/\/$/, '');
export const redisUrl = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';

/** An empty database of this worker's own. @returns its URL */
export async function emptyDatabase(name: string, server = databaseServer): Promise<string> {
  const database = `${prefix}_${name}`;
  await execute(server, `DROP DATABASE IF EXISTS \`${database}\``);
  await execute(server, `CREATE DATABASE \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_danish_ci`);
  return `${server}/${database}`;
}

export async function dropDatabase(url: string): Promise<void> {
  const { pathname } = new URL(url);
  await execute(url.slice(0, -pathname.length), `DROP DATABASE IF EXISTS \`${pathname.slice(1)}\``);
}

/** Keys of one spec file never meet another's. */
export function queuePrefix(): string {
  return `jd-test-${process.ppid}-${worker}-${randomUUID().slice(0, 8)}`;
}

async function execute(server: string, statement: string): Promise<void> {
  const admin = await createConnection({ uri: server.replace(/^mariadb:/, 'mysql:') });
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
