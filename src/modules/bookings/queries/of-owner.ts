import { sql, type RawBuilder } from 'kysely';
import { bin } from '../../../platform/database/query.js';
import type { CalendarOwner } from '../ports/calendar-entries.js';

/** Which column names each kind of owner. */
export type OwnerColumns = Readonly<Record<Exclude<CalendarOwner['kind'], 'school'>, string>>;

/** What is in the owner's calendar; in the school's is everything. */
export function ofOwner(owner: CalendarOwner, columns: OwnerColumns): RawBuilder<boolean> {
  if (owner.kind === 'school') return sql<boolean>`true`;
  return sql<boolean>`${sql.ref(columns[owner.kind])} = ${bin(owner.id)}`;
}
