import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

export class StudentEnrolled extends DomainEvent<{ studentId: Id }> {
  static override readonly eventName = 'students.student_enrolled';
}
