import type { Actor } from '../../../../platform/auth/actor.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { DayInScope, DayScope } from './day-cancellation.js';
import { NotYourDay, ScopeMismatch } from './day-problems.js';

/** Whose day somebody means: what the scope needs is named, and nothing else. */
export interface AskedScope {
  /** The whole school, when left out. */
  readonly scope?: DayScope;
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
  readonly locationId?: Id;
}

const needed = { teacher: 'teacherId', vehicle: 'vehicleId', location: 'locationId' } as const;

/** @throws ScopeMismatch */
export function scopeOf(
  date: LocalDate,
  { scope = 'school', teacherId, vehicleId, locationId }: AskedScope,
): DayInScope {
  const named = { teacherId: teacherId ?? null, vehicleId: vehicleId ?? null, locationId: locationId ?? null };
  for (const [each, field] of Object.entries(needed) as [keyof typeof needed, keyof typeof named][])
    if ((named[field] !== null) !== (scope === each)) throw new ScopeMismatch(field);
  return { date, scope, ...named };
}

/** The office cancels any day, a teacher his own. @throws NotYourDay */
export function checkMayCancelDay(actor: Actor, teacher: { readonly userId: Id } | null): void {
  if (actor.role === 'teacher' && teacher?.userId !== actor.userId) throw new NotYourDay();
}
