import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

export class LeadReceived extends DomainEvent<{ leadId: Id }> {
  static override readonly eventName = 'students.lead_received';
}

/** Nobody has touched it in time. */
export class LeadLeftUntouched extends DomainEvent<{ leadId: Id }> {
  static override readonly eventName = 'students.lead_left_untouched';
}

/** It has another state than before. */
export class LeadMoved extends DomainEvent<{ leadId: Id; revision: number }> {
  static override readonly eventName = 'students.lead_moved';
}
