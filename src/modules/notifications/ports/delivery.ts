import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import { ProviderUnavailable } from '../../../platform/ports/provider-errors.js';
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

/** The provider was not asked: it is being left alone. So it is no attempt. */
export interface NotAsked {
  readonly outcome: 'not_asked';
  readonly reason: string;
  /** When it is worth trying again. */
  readonly againInMs: number;
}

export type Delivery = Accepted | Rejected | Unknown | NotAsked;

export const accepted = (providerRef: string, billed: Billed = {}): Accepted => ({
  outcome: 'accepted',
  providerRef,
  ...billed,
});

// Providers repeat the recipient in their refusals.
export const rejected = (reason: string): Rejected => ({ outcome: 'rejected', reason: withoutContacts(reason) });
export const unknown = (reason: string): Unknown => ({ outcome: 'unknown', reason: withoutContacts(reason) });

/** What a failed call means when it was no refusal: the provider was not asked, or nobody knows. */
export function unansweredBy(error: unknown, reason = (error as Error).message): Unknown | NotAsked {
  if (!(error instanceof ProviderUnavailable)) return unknown(reason);
  return { outcome: 'not_asked', reason: error.message, againInMs: error.againInMs };
}
