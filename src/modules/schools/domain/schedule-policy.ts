import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { NotYourSchedule } from './school-problems.js';

/** The office manages every schedule, a teacher his own. @throws NotYourSchedule */
export function checkMayManageSchedule(actor: Actor, teacher: { readonly userId: Id }): void {
  const isOffice = actor.role === 'owner' || actor.role === 'office';
  if (!isOffice && teacher.userId !== actor.userId) throw new NotYourSchedule();
}
