import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';

/** The provider took the message under its own reference. */
export interface Accepted {
  readonly outcome: 'accepted';
  readonly providerRef: string;
}

export type Delivery = Accepted | Rejected | Unknown;

export const accepted = (providerRef: string): Accepted => ({ outcome: 'accepted', providerRef });
export const rejected = (reason: string): Rejected => ({ outcome: 'rejected', reason });
export const unknown = (reason: string): Unknown => ({ outcome: 'unknown', reason });
