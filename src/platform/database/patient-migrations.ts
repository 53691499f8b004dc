import type { MikroORM } from '@mikro-orm/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from './transaction.js';

/**
 * What each connection of a migration says. A change of a table waits for everybody who is at it, and whoever comes afterwards waits
 * behind the change: for a second, not for as long as the slowest of them takes. Among those behind may be the very one that it waits
 * for: who has written a row that refers to the table holds it by InnoDB alone, and reads it later.
 */
export const waitsBriefly = 'SET SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1';

interface Patience {
  /** How often a statement is asked for: what it took itself does not count, which may be long. */
  readonly times?: number;
  readonly pauseMs?: number;
  /** Hears of each time that a statement found its table in use. */
  readonly say?: (line: string) => void;
}

/** Asks again, statement by statement, for a table that was in use: the others have their turn in between. */
export function migratePatiently(
  orm: MikroORM,
  { times = 200, pauseMs = 3_000, say = () => undefined }: Patience = {},
): void {
  const connection = orm.em.getConnection();
  const execute = connection.execute.bind(connection);
  connection.execute = async (...statement: Parameters<typeof execute>) => {
    for (let asked = 1; ; asked++) {
      try {
        return (await execute(...statement)) as unknown;
      } catch (error) {
        if (!isTransient(error) || asked === times) throw error;
        say(`in use, asks again: ${statement[0].slice(0, 80)}`);
        await sleep(pauseMs * (0.5 + Math.random()));
      }
    }
  };
}
