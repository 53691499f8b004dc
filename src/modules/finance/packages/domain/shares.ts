import { Money } from '../../../../platform/values/money.js';

export interface Weighed<Key> {
  readonly key: Key;
  /** A whole number, not negative. */
  readonly weight: number;
}

/**
 * Splits an amount in proportion to weights, to the øre: what rounding down leaves goes to the largest remainders, and of equal ones
 * to the first keys in their own order, so that the order in which they come makes no difference.
 */
export function shareByWeight<Key extends string>(whole: Money, parts: readonly Weighed<Key>[]): Map<Key, Money> {
  const total = parts.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  if (total === 0n || whole.amount < 0) throw new RangeError('an amount is shared by weights above zero');
  const amount = BigInt(whole.amount);
  const shares = parts.map(({ key, weight }) => {
    const exact = amount * BigInt(weight);
    return { key, share: exact / total, remainder: exact % total };
  });
  let rest = Number(amount - shares.reduce((sum, { share }) => sum + share, 0n));
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? (a.key < b.key ? -1 : 1) : a.remainder > b.remainder ? -1 : 1,
  );
  return new Map(
    byRemainder.map(({ key, share }) => {
      const extra = rest > 0 ? 1 : 0;
      rest -= extra;
      return [key, Money.of(Number(share) + extra, whole.currency)];
    }),
  );
}
