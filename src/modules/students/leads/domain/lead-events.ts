import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LeadState } from './lead.js';

export class LeadReceived extends DomainEvent<{ leadId: Id }> {
  static override readonly eventName = 'students.lead_received';
}

/** Somebody of the school looks after it now. */
export class LeadAssigned extends DomainEvent<{ leadId: Id }> {
  static override readonly eventName = 'students.lead_assigned';
}

/** Nobody has touched it in time. */
export class LeadLeftUntouched extends DomainEvent<{ leadId: Id }> {
  static override readonly eventName = 'students.lead_left_untouched';
}

/** It has another state than before; which one, the version before this does not say. */
export class LeadMoved extends DomainEvent<{ leadId: Id; revision: number; state?: LeadState }> {
  static override readonly eventName = 'students.lead_moved';
}
