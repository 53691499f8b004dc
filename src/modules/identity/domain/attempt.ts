import type { Sender } from '../../../platform/http/sender.js';

/** What somebody may try so often and no more. */
export type AttemptKind = 'password' | 'code' | 'password_reset';

/** Somebody tries to prove that he is the one with this address; whether there is such a person need not be known. */
export interface Attempt {
  readonly kind: AttemptKind;
  /** The e-mail address, lower-cased. */
  readonly account: string;
  readonly sender: Sender;
}

export interface AttemptLimit {
  readonly points: number;
  readonly seconds: number;
}

/**
 * How much is let through. A `device` is an account tried from one network with one program. What is tried from everywhere counts
 * for the `account`, what is tried for any account counts for the `network`; both are asked of strangers alone, so that nobody
 * can lock somebody out of the device he has signed in from before.
 */
export type AttemptScope = 'device' | 'account' | 'network';

const minutes = (count: number) => count * 60;

export const attemptLimits: Readonly<Record<AttemptKind, Readonly<Record<AttemptScope, AttemptLimit>>>> = {
  password: {
    device: { points: 10, seconds: minutes(15) },
    account: { points: 50, seconds: minutes(60) },
    network: { points: 100, seconds: minutes(15) },
  },
  // A code has a million values and changes every half minute: ten guesses an hour are far from enough.
  code: {
    device: { points: 5, seconds: minutes(15) },
    account: { points: 10, seconds: minutes(60) },
    network: { points: 50, seconds: minutes(15) },
  },
  password_reset: {
    device: { points: 3, seconds: minutes(60) },
    account: { points: 10, seconds: minutes(60) },
    network: { points: 30, seconds: minutes(60) },
  },
};
