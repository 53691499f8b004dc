const minute = 60_000;
const longest = 24 * 60 * minute;

/**
 * When a silent gateway is asked again: after 2, 4, 4, 4, 4, 8, 16 … minutes, at most a day. So what it kept to itself for ten minutes is
 * known within five.
 */
export function nextCheck(now: Date, checks: number): Date {
  const doubled = checks === 1 ? 1 : Math.max(2, Math.min(checks - 3, 20));
  return new Date(now.getTime() + Math.min(longest, 2 ** doubled * minute));
}
