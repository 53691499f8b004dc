import { AsyncLocalStorage } from 'node:async_hooks';
import type { Role } from '../auth/actor.js';
import type { Id } from '../values/id.js';

export const actingKinds = ['user', 'api_key', 'operator', 'system', 'provider'] as const;

/**
 * Who is behind what happens now. `operator` works at the command line, `system` is a job or schedule of the application, and a
 * `provider` tells by webhook what happened at his end.
 */
export interface Acting {
  readonly kind: (typeof actingKinds)[number];
  /** Of the user or the API key; null for the others, and for somebody who has not signed in. */
  readonly id: Id | null;
  readonly role: Role | null;
  /** Which job, schedule or provider. */
  readonly name?: string;
}

interface Scope {
  acting: Acting;
}

const nobody: Acting = { kind: 'user', id: null, role: null };
const system: Acting = { kind: 'system', id: null, role: null };

const scopes = new AsyncLocalStorage<Scope>();

/** Runs the work on behalf of somebody who is known already: an operator, a job. */
export function actingAs<T>(acting: Acting, work: () => T): T {
  return scopes.run({ acting }, work);
}

/** Runs the work of a job or schedule, or of what a provider reported. */
export function actingAsProgram<T>(kind: 'system' | 'provider', name: string, work: () => T): T {
  return actingAs({ kind, id: null, role: null, name }, work);
}

/** A request's scope, of nobody until the guard says who it is with nowActs(). */
export function withActingScope<T>(work: () => T): T {
  return scopes.run({ acting: nobody }, work);
}

/** Says who acts in the surrounding request. */
export function nowActs(acting: Acting): void {
  const scope = scopes.getStore();
  if (scope) scope.acting = acting;
}

/** Who acts here; outside of every request and command it is the application itself. */
export function currentlyActing(): Acting {
  return scopes.getStore()?.acting ?? system;
}
