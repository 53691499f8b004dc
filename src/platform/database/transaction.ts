import { TransactionContext } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/mysql';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

// Deadlock, lock wait time-out, and "record has changed since last read" (a Galera node answers 1213 at COMMIT).
const transientErrors = new Set([1213, 1205, 1020]);
const maximumAttempts = 8;
// Lock wait time-out, and MySQL's own word for what NOWAIT found locked.
const lockedErrors = new Set([1205, 3572]);

const afterCommits = new WeakMap<EntityManager, (() => void)[]>();

type Rows = Map<WriteRows<never>, unknown[]>;
const rowsAtCommit = new WeakMap<EntityManager, Rows>();

// True in the transaction of aroundTransactions() itself, false in one that joined it.
const around = new AsyncLocalStorage<boolean>();

/**
 * Runs the work in one transaction, under READ COMMITTED as every connection. The outermost call opens a fresh fork and,
 * when the server chose this transaction as the victim of a conflict, runs all of it again on another fork; an inner call
 * joins. So the work must have no effect outside the database, and must not catch a database error and go on.
 */
export async function inTransaction<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  if (isInTransaction()) return around.getStore() ? joinAndFlush(em, work) : work();
  return repeatedOnConflict(() => attemptOnce(em, work));
}

/** The work is one statement, or one transaction, that the server may choose as the victim of a conflict: then it is done again. */
export async function repeatedOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || attempt === maximumAttempts) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/**
 * One transaction around several that follow each other: each writes what it changed when it ends, so that what reads after it
 * sees it, and all commit together.
 */
export function aroundTransactions<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  return inTransaction(em, () => around.run(true, work));
}

async function joinAndFlush<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  const result = await around.run(false, work);
  await em.flush();
  return result;
}

async function attemptOnce<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  // Made of the one that is injected, not of the request's own, which may never be needed.
  const fork = em.fork({ clear: true, useContext: false, disableContextResolution: true });
  const hooks: (() => void)[] = [];
  const result = await fork.transactional(
    async (inner) => {
      afterCommits.set(inner, hooks);
      const rows: Rows = new Map();
      rowsAtCommit.set(inner, rows);
      const worked = await work();
      for (const [write, its] of rows) await write(its as never[]);
      return worked;
    },
    { clear: true },
  );
  for (const hook of hooks) hook();
  return result;
}

/** The method runs in one transaction, see inTransaction(). Its class keeps the EntityManager as `em`. */
export function Transaction() {
  return transactional(inTransaction);
}

/** A method decorator: `run` gets the EntityManager of the method's class, and the method as its work. */
export function transactional(run: typeof inTransaction) {
  return <Method extends (...args: never[]) => Promise<unknown>>(
    _target: { readonly em: EntityManager },
    _name: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const method = descriptor.value!;
    descriptor.value = function (this: { readonly em: EntityManager }, ...args: never[]) {
      return run(this.em, () => method.apply(this, args));
    } as Method;
  };
}

export function isInTransaction(): boolean {
  return TransactionContext.getEntityManager()?.isInTransaction() ?? false;
}

/** @throws Error inside a transaction: an outside call there would hold locks for as long as somebody else likes */
export function assertNoTransaction(what: string): void {
  if (isInTransaction()) throw new Error(`${what} was called inside a transaction: commit the intent first`);
}

/** @throws Error outside a transaction */
export function assertTransaction(what: string): void {
  if (!isInTransaction()) throw new Error(`${what} needs an open transaction`);
}

/** Runs once the surrounding transaction has committed, and never when it has not. */
export function afterCommit(hook: () => void): void {
  const em = TransactionContext.getEntityManager() as EntityManager | undefined;
  const hooks = em && afterCommits.get(em);
  if (!hooks) throw new Error('afterCommit() needs an open transaction');
  hooks.push(hook);
}

/** Writes rows of one table, by the EntityManager of the surrounding transaction. */
export type WriteRows<Row> = (rows: readonly Row[]) => Promise<void>;

/**
 * A row that nothing in the transaction reads: it is written when the work is done, with all others of the same `write`
 * (one function each, so not made anew for each row) in one statement, and commits with it or not at all.
 */
export function writeAtCommit<Row>(row: Row, write: WriteRows<Row>): void {
  const em = TransactionContext.getEntityManager() as EntityManager | undefined;
  const rows = em && rowsAtCommit.get(em);
  if (!rows) throw new Error('writeAtCommit() needs an open transaction');
  const its = rows.get(write);
  if (its) its.push(row);
  else rows.set(write, [row]);
}

/** A conflict between transactions that a repeat cures. */
export function isTransient(error: unknown): boolean {
  return transientErrors.has(errorNumber(error));
}

/** Somebody else holds what was to be locked. */
export function isLocked(error: unknown): boolean {
  return lockedErrors.has(errorNumber(error));
}

/** True for a duplicate key, of that name when one is given. */
export function isDuplicateKey(error: unknown, keyName?: string): boolean {
  if (errorNumber(error) !== 1062) return false;
  return keyName === undefined || new RegExp(`key '(?:[^']*\\.)?${keyName}'`, 'i').test((error as Error).message);
}

// MikroORM wraps the driver's error and copies its fields; Kysely passes it on as it is.
function errorNumber(error: unknown): number {
  const candidate = error as { errno?: number; cause?: unknown } | null;
  if (typeof candidate?.errno === 'number') return candidate.errno;
  return candidate?.cause ? errorNumber(candidate.cause) : 0;
}
