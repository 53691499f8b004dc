import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

export class StudentEnrolled extends DomainEvent<{ studentId: Id }> {
  static override readonly eventName = 'students.student_enrolled';
}

export class StudentListUploaded extends DomainEvent<{ importId: Id }> {
  static override readonly eventName = 'students.list_uploaded';
}

export class StudentImportStarted extends DomainEvent<{ importId: Id }> {
  static override readonly eventName = 'students.import_started';
}
