import type { Id } from '../../../platform/values/id.js';

export const accountKinds = ['asset', 'liability', 'revenue', 'expense'] as const;
export type AccountKind = (typeof accountKinds)[number];

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
  readonly productId: Id | null;
  /** Who earned it. */
  readonly teacherId: Id | null;
}

export type PlanAccount = Pick<AccountSpec, 'code' | 'name' | 'kind'>;

// Another account: a line here, and a function below that says what tells its accounts apart.
const plan = {
  bank: { code: '1000', name: 'Bank', kind: 'asset' },
  cash: { code: '1010', name: 'Kasse', kind: 'asset' },
  mobilePayBox: { code: '1020', name: 'MobilePay Box', kind: 'asset' },
  receivables: { code: '1100', name: 'Debitorer', kind: 'asset' },
  clearing: { code: '1200', name: 'Betalingsformidler', kind: 'asset' },
  deferred: { code: '2200', name: 'Forudbetalte ydelser', kind: 'liability' },
  revenue: { code: '3000', name: 'Salg med moms', kind: 'revenue' },
  exemptRevenue: { code: '3010', name: 'Salg uden moms', kind: 'revenue' },
  reminderFees: { code: '3500', name: 'Rykkergebyrer', kind: 'revenue' },
  gatewayFees: { code: '4100', name: 'Gebyrer til betalingsformidlere', kind: 'expense' },
  writeOffs: { code: '4200', name: 'Tab på debitorer', kind: 'expense' },
  cashDifferences: { code: '4300', name: 'Kassedifferencer', kind: 'expense' },
  outputVat: { code: '7200', name: 'Salgsmoms', kind: 'liability' },
} satisfies Record<string, PlanAccount>;

/** What the chart of accounts comes to. */
export const planAccounts: readonly PlanAccount[] = Object.values(plan);

const account = (
  key: string,
  { code, name, kind }: PlanAccount,
  of: { vatRateBp?: number; studentId?: Id; productId?: Id | null; teacherId?: Id | null } = {},
): AccountSpec => ({
  key,
  code,
  name,
  kind,
  vatRateBp: of.vatRateBp ?? null,
  studentId: of.studentId ?? null,
  productId: of.productId ?? null,
  teacherId: of.teacherId ?? null,
});

/** Where the money lies once the gateway has paid it out. */
export const bank = (): AccountSpec => account('bank', plan.bank);

/** Notes and coins in the till. */
export const cash = (): AccountSpec => account('cash', plan.cash);

/** What students have sent to the school's own MobilePay number. */
export const mobilePayBox = (): AccountSpec => account('mobilepay-box', plan.mobilePayBox);

/** What was too much or too little in the till when it was counted. */
export const cashDifferences = (): AccountSpec => account('cash-differences', plan.cashDifferences);

/** What a gateway keeps for its work. */
export const gatewayFees = (provider: string): AccountSpec => account(`gateway-fees/${provider}`, plan.gatewayFees);

/** What students will never pay. */
export const writeOffs = (): AccountSpec => account('write-offs', plan.writeOffs);

/** Fees for reminders, which no VAT is paid of. */
export const reminderFees = (): AccountSpec => account('reminder-fees', plan.reminderFees);

/** What one student owes; negative when he has money to his credit. */
export const receivables = (studentId: Id): AccountSpec =>
  account(`receivables/${studentId}`, plan.receivables, { studentId });

/** Where a balance sheet shows what students have to their credit: a deposit with the school, and nothing it is owed. */
export const deposits = { code: '2300', name: 'Elevernes tilgodehavender', kind: 'liability' } as const;

/** What a gateway has taken in for the school and not yet paid out. */
export const clearing = (provider: string): AccountSpec => account(`clearing/${provider}`, plan.clearing);

/** Sales without VAT, by the rate they were taxed at (basis points), the product and the teacher who earned it, where there were any. */
export const revenue = (vatRateBp: number, productId: Id | null = null, teacherId: Id | null = null): AccountSpec => {
  const key = teacherId
    ? `revenue/${vatRateBp}/${productId ?? '-'}/${teacherId}`
    : keyOf('revenue', vatRateBp, productId);
  return account(key, vatRateBp > 0 ? plan.revenue : plan.exemptRevenue, { vatRateBp, productId, teacherId });
};

/** Invoiced without VAT and still to be delivered: the school owes the lesson, or the money. */
export const deferred = (vatRateBp: number, productId: Id | null = null): AccountSpec =>
  account(keyOf('deferred', vatRateBp, productId), plan.deferred, { vatRateBp, productId });

/** VAT owed to the state, by rate (basis points). */
export const outputVat = (vatRateBp: number): AccountSpec =>
  account(`output-vat/${vatRateBp}`, plan.outputVat, { vatRateBp });

function keyOf(name: string, vatRateBp: number, productId: Id | null): string {
  return productId ? `${name}/${vatRateBp}/${productId}` : `${name}/${vatRateBp}`;
}
