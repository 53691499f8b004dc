import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

/** A customer's bank has taken a payment back. */
export class DisputeOpened extends DomainEvent<{ disputeId: Id; paymentId: Id }> {
  static override readonly eventName = 'finance.dispute_opened';
}
