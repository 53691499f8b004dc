import type { Actor, Role } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { NotYourSchedule } from './school-problems.js';

const everySchedule: readonly Role[] = ['owner', 'office', 'partner'];

/** The office, and a program that is let in, handle every schedule, a teacher his own. @throws NotYourSchedule */
export function checkMayManageSchedule(actor: Actor, teacher: { readonly userId: Id }): void {
  if (!everySchedule.includes(actor.role) && teacher.userId !== actor.userId) throw new NotYourSchedule();
}

/** What concerns every teacher at once is the office's. @throws NotYourSchedule */
export function checkMayClose(actor: Actor): void {
  if (!everySchedule.includes(actor.role)) throw new NotYourSchedule();
}
