const firstPause = 5_000;
const longestPause = 10 * 60_000;
const usefulFor = 24 * 60 * 60_000;

/** When to try again after that many attempts without an answer, or null when the message is too old to be of use. */
export function nextAttempt(attempts: number, createdAt: Date, now: Date): Date | null {
  if (now.getTime() - createdAt.getTime() > usefulFor) return null;
  const pause = Math.min(longestPause, firstPause * 3 ** (attempts - 1));
  return new Date(now.getTime() + pause);
}
