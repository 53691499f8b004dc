import { vatCode } from '../../finance/index.js';
import type { MappingKind } from './small-tables.js';

export interface Mapping {
  readonly kind: MappingKind;
  readonly ours: string;
  readonly theirs: string;
}

/** Something of ours that the school has not said the books' name of. */
export class MappingMissing extends Error {
  constructor(
    readonly kind: MappingKind,
    readonly ours: string,
  ) {
    super(`mapping_missing ${kind} ${ours}`);
  }
}

/** What the books call our accounts, VAT rates and products. */
export class AccountWords {
  private readonly known: ReadonlyMap<string, string>;

  /** @param asOurs whether what is not mapped is called as we call it: in a system without a chart of its own */
  constructor(
    mappings: readonly Mapping[],
    private readonly asOurs: boolean,
  ) {
    this.known = new Map(mappings.map(({ kind, ours, theirs }) => [`${kind} ${ours}`, theirs]));
  }

  /** A product's own account stands above that of all sales. @throws MappingMissing */
  account(code: string, productId: string | null = null, isRevenue = false): string {
    const own = productId && isRevenue ? this.known.get(`product ${productId}`) : undefined;
    return own ?? this.of('account', code, code);
  }

  /** @throws MappingMissing */
  taxCode(rateBp: number): string {
    return this.of('tax', String(rateBp), vatCode(rateBp) ?? '');
  }

  private of(kind: MappingKind, ours: string, plain: string): string {
    const theirs = this.known.get(`${kind} ${ours}`) ?? (this.asOurs ? plain : undefined);
    if (theirs === undefined) throw new MappingMissing(kind, ours);
    return theirs;
  }
}
