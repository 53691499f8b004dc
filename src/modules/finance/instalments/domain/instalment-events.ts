import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

/** The saved card did not pay an instalment: the student is to pay it himself. */
export class InstalmentNotCharged extends DomainEvent<{ invoiceId: Id; paymentId: Id }> {
  static override readonly eventName = 'finance.instalment_not_charged';
}
