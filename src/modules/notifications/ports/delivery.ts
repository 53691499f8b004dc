import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import { withoutContacts } from '../domain/contacts.js';

/** What a message costs, in millionths of the currency. */
export interface Cost {
  readonly micros: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** What some providers tell about a message beside whether they took it. */
export interface Billed {
  /** Parts of a text message, as the provider counts them. */
  readonly segments?: number;
  readonly cost?: Cost;
}

/** The provider took the message under its own reference. */
export interface Accepted extends Billed {
  readonly outcome: 'accepted';
  readonly providerRef: string;
}

export type Delivery = Accepted | Rejected | Unknown;

export const accepted = (providerRef: string, billed: Billed = {}): Accepted => ({
  outcome: 'accepted',
  providerRef,
  ...billed,
});

// Providers repeat the recipient in their refusals.
export const rejected = (reason: string): Rejected => ({ outcome: 'rejected', reason: withoutContacts(reason) });
export const unknown = (reason: string): Unknown => ({ outcome: 'unknown', reason: withoutContacts(reason) });
