import { AsyncLocalStorage } from 'node:async_hooks';
import { inTransaction, transactional } from '../../database/transaction.js';

/** Does the work in the open transaction and stores its result there as the answer to the request at hand. */
export type KeepAnswer = <T>(work: () => Promise<T>) => Promise<T>;

const keepers = new AsyncLocalStorage<KeepAnswer>();

/** Within the work, whatever is an @AnsweringTransaction() stores its result as the answer. */
export function keepingAnswers<T>(keep: KeepAnswer, work: () => Promise<T>): Promise<T> {
  return keepers.run(keep, work);
}

/**
 * Like @Transaction(), of a use case whose route opens no transaction around it, see @OwnTransactions(): the method's result is
 * what the route answers, and is stored with the effect when the request carries an Idempotency-Key.
 * @throws RequestInFlight when another request has the same key
 */
export function AnsweringTransaction() {
  return transactional((em, work) => {
    const keep = keepers.getStore();
    return inTransaction(em, keep ? () => keep(work) : work);
  });
}
