import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/core';

interface Context {
  readonly em: EntityManager;
  own?: EntityManager;
}

const contexts = new AsyncLocalStorage<Context | null>();

/** Runs a request's or a job's work with an EntityManager of its own, made when somebody asks for it: many never do. */
export function withOwnEntityManager<T>(em: EntityManager, work: () => T): T {
  return contexts.run({ em }, work);
}

/** That of the work at hand, if any; the ORM asks for it. */
export function ownEntityManager(): EntityManager | undefined {
  const context = contexts.getStore();
  if (!context) return undefined;
  // Making it asks here again: then there is none yet.
  return (context.own ??= contexts.run(null, () => context.em.fork({ useContext: true })));
}
