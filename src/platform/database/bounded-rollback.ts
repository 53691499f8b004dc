import type { EntityManager } from '@mikro-orm/mysql';
import { Logger } from '@nestjs/common';
import { messageWithoutPersons } from '../observability/redaction.js';

type Connection = ReturnType<EntityManager['getConnection']>;

/**
 * Lets nobody wait longer than `patienceMs` for a whole transaction's rollback: on a full disk it takes until there is room. What went
 * wrong is known before it, and its connection comes back to the pool when the server has done it.
 */
export function boundRollback(connection: Connection, patienceMs: number): void {
  const logger = new Logger(boundRollback.name);
  const rollback = connection.rollback.bind(connection);
  connection.rollback = (transaction, ...rest) => {
    const done = rollback(transaction, ...rest);
    if ('savepointName' in transaction) return done;
    let timer: NodeJS.Timeout;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        logger.warn('a rollback takes long; its connection comes back when the database has done it');
        done.catch((error: Error) => logger.warn(messageWithoutPersons(error)));
        resolve();
      }, patienceMs);
    });
    return Promise.race([done, enough]).finally(() => clearTimeout(timer));
  };
}
