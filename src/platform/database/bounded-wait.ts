import type { Pool, PoolConnection } from 'mysql2';

/** No connection could be had: all are in use, and none of them came back. */
export class PoolStuck extends Error {}

type Callback = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => void;

/**
 * Lets nobody wait for a connection of a pool that stands still: for `patienceMs` none was given to anybody. A queue that moves is
 * waited in, however long it is. mysql2 itself would wait for ever.
 */
export function boundWait(pool: Pool, patienceMs: number): void {
  const getConnection = pool.getConnection.bind(pool);
  let lastGiven = 0;
  pool.getConnection = (callback: Callback) => {
    const began = performance.now();
    let isGivenUp = false;
    const check = (): void => {
      const rest = Math.max(began, lastGiven) + patienceMs - performance.now();
      if (rest > 0) return wait(rest);
      isGivenUp = true;
      callback(new PoolStuck(`no connection was given in ${patienceMs} ms`), undefined as never);
    };
    let timer: NodeJS.Timeout;
    const wait = (ms: number): void => {
      // Behind what has come from the server meanwhile: a process that was busy itself must not take the pool for stuck.
      timer = setTimeout(() => setImmediate(check), ms);
    };
    wait(patienceMs);
    getConnection((error, connection) => {
      if (!error) lastGiven = performance.now();
      if (isGivenUp) return connection?.release();
      clearTimeout(timer);
      callback(error, connection);
    });
  };
}
