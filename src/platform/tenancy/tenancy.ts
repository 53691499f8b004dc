import { AsyncLocalStorage } from 'node:async_hooks';
import type { Id } from '../values/id.js';

/** Whose rows the running request or job may touch. One scope serves one school, or says why it looks across them. */
interface Scope {
  school?: Id;
  across?: string;
}

const scopes = new AsyncLocalStorage<Scope>();

export class SchoolNotSet extends Error {
  constructor() {
    super('No school is set: this code reads or writes a school’s rows outside inSchool() and acrossSchools()');
  }
}

/** @throws SchoolNotSet outside a school's scope */
export function currentSchool(): Id {
  const school = scopes.getStore()?.school;
  if (!school) throw new SchoolNotSet();
  return school;
}

export function currentSchoolOrNull(): Id | null {
  return scopes.getStore()?.school ?? null;
}

/** The reason given to acrossSchools(), or null inside one school. */
export function acrossReason(): string | null {
  return scopes.getStore()?.across ?? null;
}

/** Runs the work with one school's rows in reach, and no other's. */
export function inSchool<T>(school: Id, work: () => T): T {
  return scopes.run({ school }, work);
}

/** Does the work for each row in its own school; one that fails does not keep the others from their turn. */
export async function eachInItsSchool<Row extends { readonly schoolId: Id }>(
  rows: readonly Row[],
  work: (row: Row) => Promise<unknown>,
  failed: (error: unknown, row: Row) => void,
): Promise<void> {
  for (const row of rows) {
    try {
      await inSchool(row.schoolId, () => work(row));
    } catch (error) {
      failed(error, row);
    }
  }
}

/** Runs the work across schools. The reason appears in logs and reviews, so say what for. */
export function acrossSchools<T>(why: string, work: () => T): T {
  if (!why) throw new TypeError('acrossSchools() needs a reason');
  return scopes.run({ across: why }, work);
}

/** An empty scope for a request; the guard fills it once with enterSchool(). */
export function withTenancyScope<T>(work: () => T): T {
  return scopes.run({}, work);
}

/** Sets the school of the surrounding scope, once. @throws Error when another one is set already */
export function enterSchool(school: Id): void {
  const scope = scopes.getStore();
  if (!scope) throw new Error('enterSchool() outside a tenancy scope');
  if (scope.across || (scope.school && scope.school !== school)) throw new Error('one request serves one school');
  scope.school = school;
}
