/** The provider took the message under its own reference. */
export interface Accepted {
  readonly outcome: 'accepted';
  readonly providerRef: string;
}

/** The provider will never take this message: a wrong number, a refused address. */
export interface Rejected {
  readonly outcome: 'rejected';
  readonly reason: string;
}

/** Nobody knows whether it was taken (time-out, 5xx), or it may be taken later (429, a wrong password of ours). */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly reason: string;
}

export type Delivery = Accepted | Rejected | Unknown;

export const accepted = (providerRef: string): Accepted => ({ outcome: 'accepted', providerRef });
export const rejected = (reason: string): Rejected => ({ outcome: 'rejected', reason });
export const unknown = (reason: string): Unknown => ({ outcome: 'unknown', reason });
