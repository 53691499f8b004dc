import { Money } from '../../../platform/values/money.js';

/** Something that can take money, up to a limit. */
export interface Claim<Key> {
  readonly key: Key;
  readonly limit: Money;
}

export interface Share<Key> {
  readonly key: Key;
  readonly amount: Money;
}

export interface Allocation<Key> {
  /** In the order of the claims, without empty ones. */
  readonly shares: readonly Share<Key>[];
  /** What no claim could take. */
  readonly rest: Money;
}

/** Gives an amount to the claims in their order, each up to its limit: shares and rest add up to the amount, to the øre. */
export function allocate<Key>(amount: Money, claims: readonly Claim<Key>[]): Allocation<Key> {
  let rest = amount;
  const shares: Share<Key>[] = [];
  for (const { key, limit } of claims) {
    const part = rest.compare(limit) < 0 ? rest : limit;
    if (!part.isPositive) continue;
    shares.push({ key, amount: part });
    rest = rest.minus(part);
  }
  return { shares, rest };
}
