/** The first moment after `after` that is a whole number of months from the anchor, in seconds; the 31st becomes the month's last day. */
export function nextMonth(anchor: number, after: number): number {
  const from = new Date(anchor * 1_000);
  for (let count = 1; ; count += 1) {
    const at = monthsLater(from, count);
    if (at > after) return at;
  }
}

function monthsLater(from: Date, count: number): number {
  const at = new Date(from);
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + count);
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return Math.floor(at.getTime() / 1_000);
}
