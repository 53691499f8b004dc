import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';
import type { ExamResult } from './exam-state.js';

export class ExamPlanned extends DomainEvent<{ examId: Id }> {
  static override readonly eventName = 'bookings.exam_planned';
}

/** Where an exam was before. */
export interface ExamMove {
  readonly examId: Id;
  readonly previousStartsAt: string;
  /** None for a theory test. */
  readonly previousTeacherId: Id | null;
}

export class ExamMoved extends DomainEvent<ExamMove> {
  static override readonly eventName = 'bookings.exam_moved';
}

export class ExamCancelled extends DomainEvent<{ examId: Id }> {
  static override readonly eventName = 'bookings.exam_cancelled';
}

export class ExamReported extends DomainEvent<{ examId: Id; result: ExamResult }> {
  static override readonly eventName = 'bookings.exam_reported';
}

/** Soon it is no longer free to cancel the exam. */
export class ExamDeadlineNear extends DomainEvent<{ examId: Id; cancelBy: string }> {
  static override readonly eventName = 'bookings.exam_deadline_near';
}
