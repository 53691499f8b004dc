import { AsyncLocalStorage } from 'node:async_hooks';
import { Problem } from '../problem.js';
import { entityTagOf, isMatch } from './entity-tag.js';

/** 412 `request.precondition_failed`: what the caller saw is not what is there now. */
export class PreconditionFailed extends Problem {
  readonly status = 412;
  constructor() {
    super('request.precondition_failed', {
      en: 'This has changed since you read it. Read it again, look at what is different, and send your change with the new ETag.',
      da: 'Dette er ændret, siden du læste det. Læs det igen, se hvad der er anderledes, og send din ændring med det nye ETag.',
    });
  }
}

interface Precondition {
  readonly header: string;
  isChecked: boolean;
}

const preconditions = new AsyncLocalStorage<Precondition>();

/** Within the work, assertAsSeen() holds things against the If-Match header. @throws Error when nothing was held against it */
export async function withPrecondition<T>(header: string, work: () => Promise<T>): Promise<T> {
  const precondition = { header, isChecked: false };
  const result = await preconditions.run(precondition, work);
  if (!precondition.isChecked) throw new Error('a @Conditional() route never called assertAsSeen()');
  return result;
}

/**
 * For a use case that changes what somebody may have read before: `read` gives what a GET answers, and it must still be what
 * the caller's If-Match names. Without that header nothing is asked. Whoever calls has locked the row that changes, so of two
 * changes at once the second one sees the first.
 * @throws PreconditionFailed
 */
export async function assertAsSeen(read: () => Promise<unknown>): Promise<void> {
  const precondition = preconditions.getStore();
  if (!precondition) return;
  precondition.isChecked = true;
  if (!isMatch(precondition.header, entityTagOf(JSON.stringify(await read())))) throw new PreconditionFailed();
}
