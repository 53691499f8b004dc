import type { Id } from '../../../platform/values/id.js';

/** A customer is about to save how he pays, on the gateway's own page. The saved method's id is the idempotency key. */
export interface SaveMethodIntent {
  readonly methodId: Id;
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly account: string | null;
  /** The student at the gateway; null when he is not known there yet. */
  readonly customerRef: string | null;
  readonly payee: string;
  readonly locale: 'da' | 'en';
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export interface SaveMethodOpened {
  readonly outcome: 'accepted';
  readonly ref: string;
  readonly url: string;
}

/** What a person recognises his card by; never its number. */
export interface MethodFace {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number | null;
  readonly expYear: number | null;
}

export interface StoredMethod extends MethodFace {
  readonly methodRef: string;
  readonly customerRef: string;
}

/** How the saving of a method stands. */
export type SaveMethodStatus =
  | { readonly state: 'open'; readonly ref: string; readonly url: string | null }
  | ({ readonly state: 'saved'; readonly ref: string } & StoredMethod)
  | { readonly state: 'expired'; readonly ref: string };

/** A saved method as the gateway knows it. */
export interface MethodAt {
  readonly methodRef: string;
  readonly account: string | null;
}
