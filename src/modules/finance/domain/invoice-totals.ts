import { Money } from '../../../platform/values/money.js';
import { vatIncluded, type VatSplit } from '../../../platform/values/vat.js';

/** What a line says, VAT included. */
export interface LinePrice {
  readonly quantity: number;
  readonly unitGross: Money;
  /** Basis points. */
  readonly vatRateBp: number;
  /** Of a line that credits a part: its share of the VAT of the line that it credits. Otherwise what the rate gives. */
  readonly vat?: Money;
}

export interface RateTotal extends VatSplit {
  readonly vatRateBp: number;
}

/** The line's VAT is rounded once for the line, so an invoice's totals are plain sums of what its lines show. */
export function priceLine({ quantity, unitGross, vatRateBp, vat }: LinePrice): VatSplit {
  const gross = unitGross.times(quantity);
  return vat ? { gross, vat, net: gross.minus(vat) } : vatIncluded(gross, vatRateBp);
}

/** Net, VAT and gross of each rate, highest rate first. */
export function totalsByRate(lines: readonly LinePrice[]): RateTotal[] {
  const totals = new Map<number, RateTotal>();
  for (const line of lines) {
    const { net, vat, gross } = priceLine(line);
    const sum = totals.get(line.vatRateBp);
    totals.set(line.vatRateBp, {
      vatRateBp: line.vatRateBp,
      net: sum ? sum.net.plus(net) : net,
      vat: sum ? sum.vat.plus(vat) : vat,
      gross: sum ? sum.gross.plus(gross) : gross,
    });
  }
  return [...totals.values()].sort((a, b) => b.vatRateBp - a.vatRateBp);
}

/** @param totals at least one */
export function grandTotal(totals: readonly RateTotal[]): VatSplit {
  return {
    net: Money.sum(totals.map(({ net }) => net)),
    vat: Money.sum(totals.map(({ vat }) => vat)),
    gross: Money.sum(totals.map(({ gross }) => gross)),
  };
}
