import type { SchoolRole } from '../../../identity/index.js';
import type { Id } from '../../../../platform/values/id.js';
import type { CalendarOwner } from '../../ports/calendar-entries.js';

/** What somebody is in the school, as of now. */
export interface FeedReader {
  readonly roles: readonly SchoolRole[];
  /** As what he teaches; null when he does not, or no longer. */
  readonly teacherId: Id | null;
  /** Himself and his wards under age. */
  readonly studentIds: readonly Id[];
}

/** Whose calendar somebody may subscribe to, asked when he does and again each time it is read. */
export function maySubscribe({ roles, teacherId, studentIds }: FeedReader, owner: CalendarOwner): boolean {
  if (roles.includes('owner') || roles.includes('office')) return true;
  if (owner.kind === 'teacher') return roles.includes('teacher') && owner.id === teacherId;
  return owner.kind === 'student' && studentIds.includes(owner.id);
}

/** Students' whole names lie in nobody's calendar but that of the teacher who meets them. */
export function mayShowFullNames({ teacherId }: FeedReader, owner: CalendarOwner): boolean {
  return owner.kind === 'teacher' && owner.id === teacherId;
}
