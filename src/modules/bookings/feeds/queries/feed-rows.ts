import type { Selectable } from 'kysely';
import type { Tables } from '../../../../platform/database/query.js';
import type { CalendarFeedSchema } from '../domain/calendar-feed.js';
import type { CalendarOwner } from '../../ports/calendar-entries.js';

export type FeedRow = Selectable<Tables<typeof CalendarFeedSchema>['calendar_feeds']>;

/** Whose calendar a feed shows; the database checks that kind and id go together. */
export function ownerOf({
  kind,
  teacher_id: teacherId,
  student_id: studentId,
  vehicle_id: vehicleId,
}: Pick<FeedRow, 'kind' | 'teacher_id' | 'student_id' | 'vehicle_id'>): CalendarOwner {
  if (kind === 'school') return { kind };
  return { kind, id: (teacherId ?? studentId ?? vehicleId)! };
}
