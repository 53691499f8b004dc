import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';

export interface DatedPrice {
  readonly validFrom: LocalDate;
  readonly gross: Money;
  /** Basis points. */
  readonly vatRateBp: number;
}

export interface SpanPrice {
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
  readonly gross: Money;
}

export interface Price {
  readonly productId: Id;
  readonly gross: Money;
  readonly vatRateBp: number;
}

/** What a product costs one student on any day: what was agreed with him, else what the list says. */
export class PricesOfProduct {
  constructor(
    readonly productId: Id,
    private readonly listed: readonly DatedPrice[],
    private readonly agreed: readonly SpanPrice[],
  ) {}

  /** Null before the first day that the list knows. */
  on(day: LocalDate): Price | null {
    const listed = this.listed
      .filter(({ validFrom }) => validFrom <= day)
      .reduce<DatedPrice | null>((last, each) => (last && last.validFrom > each.validFrom ? last : each), null);
    if (!listed) return null;
    const agreed = this.agreed.find((span) => span.validFrom <= day && (span.validUntil ?? day) >= day);
    const { gross, vatRateBp } = listed;
    return { productId: this.productId, gross: agreed?.gross ?? gross, vatRateBp };
  }
}
