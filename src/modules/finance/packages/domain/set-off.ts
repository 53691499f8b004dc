import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { shareByWeight } from './shares.js';

export interface UnitAtWithdrawal {
  readonly productId: Id;
  readonly used: boolean;
  readonly list: Money;
  /** Of the package's price. */
  readonly share: Money;
}

export interface SetOff {
  /** Of the price, for what has not been used. */
  readonly credited: Money;
  /** What used things cost more alone than in the package, by product; never more in all than is credited. */
  readonly charged: ReadonlyMap<Id, Money>;
  /** What is left for the student: the price less what was used at list price, or nothing. */
  readonly returned: Money;
}

/** A package is given back: what was used is set off at the price it has alone. */
export function setOff(units: readonly UnitAtWithdrawal[], currency: string): SetOff {
  const none = Money.of(0, currency);
  const credited = Money.sum(
    units.filter(({ used }) => !used).map(({ share }) => share),
    currency,
  );
  const dearer = new Map<Id, Money>();
  for (const { productId, used, list, share } of units) {
    const more = list.minus(share);
    if (used && more.isPositive) dearer.set(productId, (dearer.get(productId) ?? none).plus(more));
  }
  const due = Money.sum([...dearer.values()], currency);
  if (due.compare(credited) <= 0) return { credited, charged: dearer, returned: credited.minus(due) };
  const weights = [...dearer].map(([key, { amount: weight }]) => ({ key, weight }));
  return { credited, charged: positive(shareByWeight(credited, weights)), returned: none };
}

function positive(shares: ReadonlyMap<Id, Money>): Map<Id, Money> {
  return new Map([...shares].filter(([, share]) => share.isPositive));
}
