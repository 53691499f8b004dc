import type { Id } from '../../../platform/values/id.js';

export type AccountKind = 'asset' | 'liability' | 'revenue' | 'expense';

/** An account before it exists: what identifies it, and what the bookkeeping calls it. */
export interface AccountSpec {
  /** Unique in a school and currency. */
  readonly key: string;
  /** The number in the school's bookkeeping; several accounts may share one. */
  readonly code: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly vatRateBp: number | null;
  readonly studentId: Id | null;
}

type Plan = Pick<AccountSpec, 'code' | 'name' | 'kind'>;

const plan = {
  bank: { code: '1000', name: 'Bank', kind: 'asset' },
  receivables: { code: '1100', name: 'Debitorer', kind: 'asset' },
  clearing: { code: '1200', name: 'Betalingsformidler', kind: 'asset' },
  revenue: { code: '3000', name: 'Salg med moms', kind: 'revenue' },
  exemptRevenue: { code: '3010', name: 'Salg uden moms', kind: 'revenue' },
  outputVat: { code: '7200', name: 'Salgsmoms', kind: 'liability' },
} satisfies Record<string, Plan>;

const account = (
  key: string,
  { code, name, kind }: Plan,
  of: { vatRateBp?: number; studentId?: Id } = {},
): AccountSpec => ({
  key,
  code,
  name,
  kind,
  vatRateBp: of.vatRateBp ?? null,
  studentId: of.studentId ?? null,
});

/** Where the money lies once the gateway has paid it out. */
export const bank = (): AccountSpec => account('bank', plan.bank);

/** What one student owes; negative when he has money to his credit. */
export const receivables = (studentId: Id): AccountSpec =>
  account(`receivables/${studentId}`, plan.receivables, { studentId });

/** What a gateway has taken in for the school and not yet paid out. */
export const clearing = (provider: string): AccountSpec => account(`clearing/${provider}`, plan.clearing);

/** Sales without VAT, by the rate they were taxed at (basis points). */
export const revenue = (vatRateBp: number): AccountSpec =>
  account(`revenue/${vatRateBp}`, vatRateBp > 0 ? plan.revenue : plan.exemptRevenue, { vatRateBp });

/** VAT owed to the state, by rate (basis points). */
export const outputVat = (vatRateBp: number): AccountSpec =>
  account(`output-vat/${vatRateBp}`, plan.outputVat, { vatRateBp });
