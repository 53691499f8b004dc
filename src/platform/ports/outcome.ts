/** The provider will never do it, whoever asks again. */
export interface Rejected {
  readonly outcome: 'rejected';
  /** The provider's word for why; no personal data. */
  readonly reason: string;
}

/** Nobody knows whether it was done, or it may be done later: ask again. */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly reason: string;
}
