import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

/** A connection's turn has come. */
export class BooksSyncDue extends DomainEvent<{ connectionId: Id }> {
  static override readonly eventName = 'accounting.sync_due';
}

/** The bookkeeping takes our access no more: somebody of the school has to connect it again. */
export class BooksConnectionLost extends DomainEvent<{ connectionId: Id; provider: string }> {
  static override readonly eventName = 'accounting.connection_lost';
}
