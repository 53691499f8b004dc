import type { Problem } from '../http/problem.js';
import type { Id } from '../values/id.js';
import type { Role } from './actor.js';

/** What somebody who has the permission is about to change in a school. */
export interface AskedChange {
  readonly schoolId: Id;
  readonly permission: string;
  readonly role: Role;
  /** Of HTTP, in capitals; never one that only reads. */
  readonly method: string;
}

/** Whether a school as a whole may go on as it asks to, beside what its people may. Reading is not asked about. */
export abstract class Admission {
  /** Asked before each request that changes something in a school, so it has to be cheap. @throws one of refusals() */
  abstract admit(asked: AskedChange): Promise<void>;

  /** What admit() may refuse a change with, for the document. */
  abstract refusals(permission: string, method: string): readonly Problem[];
}
