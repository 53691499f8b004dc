import { createConnection } from 'mysql2/promise';
import { until } from './until.js';

/**
 * RENAME TABLE while the application is at work. It holds everybody up while it waits for one of them, who may wait for another
 * that it holds up: so it waits for a moment only, and tries again.
 * @param what such as `refunds TO refunds_away`
 */
export async function renameTable(databaseUrl: string, what: string): Promise<void> {
  const connection = await createConnection(databaseUrl);
  try {
    await connection.query('SET SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1');
    await until(() => connection.query(`RENAME TABLE ${what}`).then(() => true, isHeldUp));
  } finally {
    await connection.end();
  }
}

function isHeldUp(error: { code?: string }): false {
  if (error.code !== 'ER_LOCK_WAIT_TIMEOUT') throw error;
  return false;
}
