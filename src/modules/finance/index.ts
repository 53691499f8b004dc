/** Finance's front door. */
import { ChargeSchema } from './domain/charge.js';
import { InvoiceLineSchema } from './domain/invoice-line.js';
import { InvoiceSchema } from './domain/invoice.js';
import { LedgerAccountSchema, LedgerTransferSchema } from './domain/ledger.js';
import { PaymentAllocationSchema } from './domain/payment-allocation.js';
import { PaymentSchema } from './domain/payment.js';
import { RefundSchema } from './domain/refund.js';
import { FinanceSettingsSchema, InvoiceCounterSchema } from './domain/settings.js';

export { Charges } from './charges.js';
export type { ChargeSource } from './domain/charge.js';
export type { ChargeCommand } from './use-cases/record-charge.js';
export { InvoiceIssued, PaymentFailed, PaymentReceived, RefundCompleted } from './domain/events.js';

export { ChargeSchema, InvoiceSchema, PaymentSchema, RefundSchema };

export const financeEntities = [
  ChargeSchema,
  FinanceSettingsSchema,
  InvoiceCounterSchema,
  InvoiceLineSchema,
  InvoiceSchema,
  LedgerAccountSchema,
  LedgerTransferSchema,
  PaymentAllocationSchema,
  PaymentSchema,
  RefundSchema,
];
