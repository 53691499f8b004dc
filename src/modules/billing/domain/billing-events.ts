import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

type OfSubscription = { subscriptionId: Id };

/** A trial without a card ends in a few days. */
export class TrialEnding extends DomainEvent<OfSubscription> {
  static override readonly eventName = 'billing.trial_ending';
}

/** Money is owed from now on; everything still works. */
export class SubscriptionPastDue extends DomainEvent<OfSubscription> {
  static override readonly eventName = 'billing.past_due';
}

export class SchoolRestricted extends DomainEvent<OfSubscription> {
  static override readonly eventName = 'billing.restricted';
}

export class SchoolReadOnly extends DomainEvent<OfSubscription> {
  static override readonly eventName = 'billing.read_only';
}

/** Paid, or let go on without: everything works again. */
export class SchoolRestored extends DomainEvent<OfSubscription> {
  static override readonly eventName = 'billing.restored';
}
