import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

/** The platform is to be asked: to link a student, or to let him go. */
export class TheoryLinkDue extends DomainEvent<{ linkId: Id }> {
  static override readonly eventName = 'education.theory_link_due';
}

export class TheoryLinked extends DomainEvent<{ linkId: Id; studentId: Id }> {
  static override readonly eventName = 'education.theory_linked';
}

/** Once for each link. */
export class TheoryCompleted extends DomainEvent<{ linkId: Id; studentId: Id }> {
  static override readonly eventName = 'education.theory_completed';
}
