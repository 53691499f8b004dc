import mysql from 'mysql2';
import type { Connection } from 'mysql2/promise';
import { sessionSettings } from '../../src/platform/database/orm-options.js';

export interface Statement {
  readonly sql: string;
  readonly values: unknown[];
}

export interface PlanRow {
  readonly table: string;
  readonly type: string;
  readonly key: string | null;
  readonly rows: number;
  readonly Extra: string;
}

/** What the application sends to the database while it does the work. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = [];
  const prototype = (
    mysql as unknown as { Connection: { prototype: Record<'query' | 'execute', (...args: unknown[]) => unknown> } }
  ).Connection.prototype;
  const originals = { query: prototype.query, execute: prototype.execute };
  for (const name of ['query', 'execute'] as const) {
    prototype[name] = function (this: unknown, ...args: unknown[]) {
      const [first, second] = args as [string | { sql: string; values?: unknown[] }, unknown];
      const sql = typeof first === 'string' ? first : first.sql;
      const values = Array.isArray(second) ? second : typeof first === 'string' ? [] : (first.values ?? []);
      seen.push({ sql, values });
      return originals[name].apply(this, args);
    };
  }
  try {
    await work();
  } finally {
    Object.assign(prototype, originals);
  }
  // Not what a fresh connection says to introduce itself, nor what the outbox does at the same time.
  return seen.filter(({ sql }) => !/^\s*(set|begin|commit)\b|outbox_|schedules/i.test(sql));
}

/** How the server goes about those of the statements that look for rows. */
export async function plansOf(
  connection: Connection,
  statements: readonly Statement[],
): Promise<{ sql: string; plan: PlanRow[] }[]> {
  for (const setting of sessionSettings) await connection.query(setting);
  const reads = statements.filter(({ sql }) => /^\s*(select|delete|update)/i.test(sql));
  return Promise.all(
    reads.map(async ({ sql, values }) => {
      const [plan] = await connection.query(`EXPLAIN ${sql}`, values);
      return { sql, plan: plan as PlanRow[] };
    }),
  );
}
