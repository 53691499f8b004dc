/** What a period comes to on one account and VAT code, in their words; positive is a debit. */
export interface JournalSum {
  readonly account: string;
  readonly vatCode: string | null;
  readonly minor: number;
  readonly currency: string;
}

const keyOf = ({ account, vatCode, currency }: JournalSum) => JSON.stringify([account, vatCode, currency]);

/** One sum for each account, VAT code and currency, none that is zero, in their order. */
export function summed(sums: readonly JournalSum[]): JournalSum[] {
  const all = new Map<string, JournalSum>();
  for (const sum of sums) {
    const known = all.get(keyOf(sum));
    all.set(keyOf(sum), known ? { ...known, minor: known.minor + sum.minor } : sum);
  }
  return [...all.values()]
    .filter(({ minor }) => minor !== 0)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** What is in the ledger by now and was not sent: nothing when both say the same. */
export function stillToSend(now: readonly JournalSum[], sent: readonly JournalSum[]): JournalSum[] {
  return summed([...now, ...sent.map((sum) => ({ ...sum, minor: -sum.minor }))]);
}

export function sameSums(one: readonly JournalSum[], other: readonly JournalSum[]): boolean {
  return stillToSend(one, other).length === 0;
}

/** Of its debits, which are as much as its credits. */
export function debitsOf(sums: readonly JournalSum[]): number {
  return sums.reduce((total, { minor }) => total + Math.max(0, minor), 0);
}
