import { Money } from '../../../platform/values/money.js';

/** A line of an invoice or a credit note. */
export interface SoldLine {
  readonly text: string;
  readonly quantity: number;
  readonly vatRateBp: number;
  readonly productId: string | null;
  readonly netMinor: number;
  readonly vatMinor: number;
}

/** What the ledger booked of it, on which account: of one rate and product. */
export interface BookedSale {
  readonly code: string;
  readonly isRevenue: boolean;
  readonly vatRateBp: number;
  readonly productId: string | null;
  /** Positive is a credit. */
  readonly minor: number;
}

export interface AccountedLine extends SoldLine {
  readonly code: string;
  readonly isRevenue: boolean;
}

const keyOf = ({ vatRateBp, productId }: Pick<SoldLine, 'vatRateBp' | 'productId'>) =>
  `${vatRateBp} ${productId ?? ''}`;

/**
 * The lines with the accounts that the ledger booked them on. Where lines of one rate and product went to several (some was
 * delivered and some was not), they are one line for each account, with what the ledger booked there.
 */
export function onAccounts(lines: readonly SoldLine[], sales: readonly BookedSale[]): AccountedLine[] {
  const byKey = Map.groupBy(sales, keyOf);
  return [...Map.groupBy(lines, keyOf)].flatMap(([key, its]) => {
    const accounts = mergedByCode(byKey.get(key) ?? []);
    const [only] = accounts;
    if (!only) return [];
    return accounts.length === 1 ? its.map((line) => accounted(line, only)) : split(its, accounts);
  });
}

function mergedByCode(sales: readonly BookedSale[]): BookedSale[] {
  const byCode = Map.groupBy(sales, ({ code }) => code);
  return [...byCode.values()].map((its) => ({ ...its[0]!, minor: its.reduce((sum, { minor }) => sum + minor, 0) }));
}

function split(lines: readonly SoldLine[], accounts: readonly BookedSale[]): AccountedLine[] {
  const net = accounts.reduce((sum, { minor }) => sum + minor, 0);
  const vat = lines.reduce((sum, { vatMinor }) => sum + vatMinor, 0);
  const text = lines
    .map((line) => line.text)
    .join(', ')
    .slice(0, 200);
  let [vatLeft, last] = [vat, accounts.length - 1];
  return accounts.map((account, index) => {
    const part = index === last ? vatLeft : Math.round((vat * account.minor) / (net || 1));
    vatLeft -= part;
    return accounted({ ...lines[0]!, text, quantity: 1, netMinor: account.minor, vatMinor: part }, account);
  });
}

function accounted(line: SoldLine, { code, isRevenue }: BookedSale): AccountedLine {
  return { ...line, code, isRevenue };
}

export function totalOf(lines: readonly Pick<SoldLine, 'netMinor' | 'vatMinor'>[], currency: string): Money {
  return Money.of(
    lines.reduce((sum, { netMinor, vatMinor }) => sum + netMinor + vatMinor, 0),
    currency,
  );
}
