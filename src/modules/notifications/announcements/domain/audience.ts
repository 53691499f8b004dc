import type { Id } from '../../../../platform/values/id.js';
import type { LicenceClass } from '../../../schools/index.js';
import type { StudentStatus } from '../../../students/index.js';

/** Who has left is written to no more. */
export const audienceStatuses = ['active', 'paused', 'completed'] as const satisfies readonly StudentStatus[];
export type AudienceStatus = (typeof audienceStatuses)[number];

/** A lesson so long ago still makes somebody a teacher's, or a branch's, student. */
export const recentDays = 90;

/** Which students are meant: those for whom all of it holds. */
export interface Audience {
  readonly status: AudienceStatus;
  readonly licenceClass?: LicenceClass | undefined;
  /** Has a lesson with that teacher, in the last 90 days or to come. */
  readonly teacherId?: Id | undefined;
  /** Has a lesson that begins there, in the last 90 days or to come. */
  readonly locationId?: Id | undefined;
  /** Is enrolled in that course. */
  readonly courseId?: Id | undefined;
  readonly enrolledFrom?: string | undefined;
  readonly enrolledBefore?: string | undefined;
  /** Has a lesson to come, or has none. */
  readonly hasUpcomingLesson?: boolean | undefined;
}
