import { Money } from '../../../platform/values/money.js';

/** A line of an invoice with what credit notes have taken back of it so far. */
export interface CreditableLine {
  readonly gross: Money;
  readonly vat: Money;
  readonly credited: Money;
  readonly creditedVat: Money;
}

/** What may still be credited of a line; below zero for what is left of a discount. */
export function leftOf({ gross, credited }: CreditableLine): Money {
  return gross.minus(credited);
}

/**
 * The VAT in a part that is credited. It is the VAT of all that is credited by then less what was credited before, so that the
 * parts of a line take back its VAT to the øre, whatever their sizes and order.
 */
export function vatOfPart(line: CreditableLine, part: Money): Money {
  const { gross, vat, credited, creditedVat } = line;
  if (gross.isZero) return Money.of(0, gross.currency);
  const [all, upTo] = [BigInt(Math.abs(gross.amount)), BigInt(Math.abs(credited.plus(part).amount))];
  const share = (2n * BigInt(Math.abs(vat.amount)) * upTo + all) / (2n * all);
  const sign = gross.isPositive ? 1 : -1;
  return Money.of(sign * Number(share), gross.currency).minus(creditedVat);
}

/**
 * Takes what is too much off the parts, the last ones first: what a discount has taken off the invoice already cannot be credited.
 * @returns parts that add up to the limit at most
 */
export function withinLimit(parts: readonly Money[], limit: Money): Money[] {
  let excess = Money.sum(parts, limit.currency).minus(limit);
  return parts
    .toReversed()
    .map((part) => {
      if (!excess.isPositive || !part.isPositive) return part;
      const less = part.compare(excess) < 0 ? part : excess;
      excess = excess.minus(less);
      return part.minus(less);
    })
    .toReversed();
}
