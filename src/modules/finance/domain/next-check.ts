const minute = 60_000;
const longest = 24 * 60 * minute;

/** When a silent gateway is asked again: after 2, 4, 8 … minutes, at most a day. */
export function nextCheck(now: Date, checks: number): Date {
  return new Date(now.getTime() + Math.min(longest, 2 ** Math.min(checks, 20) * minute));
}
