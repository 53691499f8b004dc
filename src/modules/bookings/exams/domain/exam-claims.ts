import { TimeRange } from '../../../../platform/values/time-range.js';
import type { ResourceClaim } from '../../domain/calendar/claimed-slots.js';

export interface ExamBlock {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  readonly studentResourceId: number;
  readonly teacherResourceId: number | null;
  readonly vehicleResourceId: number | null;
}

/** What an exam claims: the student for its own time, teacher and vehicle for the way there and back too. */
export function claimsOfExam(exam: ExamBlock): ResourceClaim[] {
  const own = new TimeRange(exam.startsAt, exam.endsAt);
  const block = own.widened(exam.setupMinutes, exam.bufferMinutes);
  const others = [exam.teacherResourceId, exam.vehicleResourceId].filter((id) => id !== null);
  return [
    { resourceId: exam.studentResourceId, range: own },
    ...others.map((resourceId) => ({ resourceId, range: block })),
  ];
}
