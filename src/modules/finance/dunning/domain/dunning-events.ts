import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

/** A student is to be reminded of an invoice, or told that he cannot book until it is paid. */
export class InvoiceReminded extends DomainEvent<{ stepId: Id }> {
  static override readonly eventName = 'finance.invoice_reminded';
}
