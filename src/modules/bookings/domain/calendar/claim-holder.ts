import type { Id } from '../../../../platform/values/id.js';
import type { ResourceClaim } from './claimed-slots.js';

/** Something that takes time, with all that it should have claimed: place and location too. */
export interface HeldTime {
  readonly id: Id;
  readonly claims: readonly ResourceClaim[];
}

/** Portion by portion, so that a school of any size is proved in constant memory. */
export type HeldTimes = AsyncIterable<readonly HeldTime[]>;

export interface ClaimHolder {
  /** As a finding calls one of them: 'booking'. */
  readonly what: string;
  /** Its rows have an `id`, which their claims name, and a `state`. */
  readonly table: string;
  /** The states in which a row holds claims. */
  readonly occupying: readonly string[];
}
