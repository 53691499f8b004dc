import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

export class StudentEnrolled extends DomainEvent<{ studentId: Id }> {
  static override readonly eventName = 'students.student_enrolled';
}

/** The school marked it so; who comes back is active again. */
export class StudentLeft extends DomainEvent<{ studentId: Id }> {
  static override readonly eventName = 'students.student_left';
}

/** Learns, pauses, is through or gone: how he stands is for the student's row to say. */
export class StudentStatusChanged extends DomainEvent<{ studentId: Id }> {
  static override readonly eventName = 'students.status_changed';
}

export class StudentListUploaded extends DomainEvent<{ importId: Id }> {
  static override readonly eventName = 'students.list_uploaded';
}

export class StudentImportStarted extends DomainEvent<{ importId: Id }> {
  static override readonly eventName = 'students.import_started';
}
