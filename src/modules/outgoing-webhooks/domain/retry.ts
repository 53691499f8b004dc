const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses after the first failure, the second and so on; with the jitter three to four days in all. */
export const pauses: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** So that what failed together does not come again together: a pause is longer by up to a fifth. */
const jitter = 0.2;

/** What waits for longer than all pauses together, at an address that is paused, is not of use any more. */
export const usefulForMs = 4 * 24 * hour;

/** An address that has taken nothing for so long is given up. */
const givenUpAfterMs = 3 * 24 * hour;

/** So many failures in a row hold everything back that is for the address; then one message alone tries. */
export const failuresToHold = 5;
const firstHoldMs = 30 * second;
const longestHoldMs = 15 * minute;

/**
 * When a message is tried again, or null when it has been tried often enough.
 *
 * @param tries how often it was, 1 or more
 * @param chance from 0 to 1
 * @param askedForMs for how long the receiver wants to be left alone
 */
export function nextTry(tries: number, now: Date, chance = Math.random(), askedForMs = 0): Date | null {
  const pause = pauses[tries - 1];
  if (pause === undefined) return null;
  return new Date(now.getTime() + Math.max(askedForMs, Math.round(pause * (1 + jitter * chance))));
}

/** Until when an address is left alone after so many failures in a row; null: it is not. */
export function heldUntil(failures: number, now: Date, chance = Math.random()): Date | null {
  if (failures < failuresToHold) return null;
  const hold = Math.min(longestHoldMs, firstHoldMs * 2 ** Math.min(failures - failuresToHold, 10));
  return new Date(now.getTime() + Math.round(hold * (1 + jitter * chance)));
}

/** Whether an address that fails since then is to be given up. */
export function isGivenUp(failingSince: Date, now: Date): boolean {
  return now.getTime() - failingSince.getTime() >= givenUpAfterMs;
}
