import { type AccountSpec, bank, cash, clearing, mobilePayBox } from './account-plan.js';

/** The provider of what staff took in: no gateway knows of it. */
export const manualProvider = 'manual';

/** How money changes hands where no gateway does it. */
export const paymentMethods = ['cash', 'bank_transfer', 'mobilepay_box'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

const accounts: Readonly<Record<PaymentMethod, () => AccountSpec>> = {
  cash,
  bank_transfer: bank,
  mobilepay_box: mobilePayBox,
};

/** Where the money lies: with the gateway, unless it changed hands in another way. */
export function accountOf(provider: string, method: PaymentMethod | null | undefined): AccountSpec {
  return method ? accounts[method]() : clearing(provider);
}
