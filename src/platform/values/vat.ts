import { Money } from './money.js';

export interface VatSplit {
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

/**
 * The VAT inside a price that includes it. The VAT is rounded half up to the minor unit (away from zero), the net is what is left,
 * so net + vat is always the gross.
 * @param rateBp the rate in basis points: 2500 is 25 %
 */
export function vatIncluded(gross: Money, rateBp: number): VatSplit {
  if (!Number.isSafeInteger(rateBp) || rateBp < 0) throw new RangeError(`a VAT rate is basis points, not ${rateBp}`);
  const sign = gross.amount < 0 ? -1 : 1;
  const divisor = BigInt(10_000 + rateBp);
  const twice = 2n * BigInt(Math.abs(gross.amount)) * BigInt(rateBp);
  const vat = Money.of(sign * Number((twice + divisor) / (2n * divisor)), gross.currency);
  return { gross, vat, net: gross.minus(vat) };
}
