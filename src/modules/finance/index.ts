/** Finance's front door. */
import { LedgerBooksSchema, LedgerClosingSchema } from './domain/books.js';
import { ChargeSchema } from './domain/charge.js';
import { GatewayAccountSchema } from './domain/gateway-account.js';
import { InvoiceLineSchema } from './domain/invoice-line.js';
import { InvoiceSchema } from './domain/invoice.js';
import { LedgerAccountSchema, LedgerTransferSchema } from './domain/ledger.js';
import { PaymentAllocationSchema } from './domain/payment-allocation.js';
import { PaymentSchema } from './domain/payment.js';
import { DisputeSchema } from './reconciliation/domain/dispute.js';
import { reconciliationEntities } from './reconciliation/domain/gateway-books.js';
import { SavedMethodSchema } from './domain/saved-method.js';
import { RefundSchema } from './domain/refund.js';
import { DiscountRedemptionSchema, DiscountSchema } from './discounts/domain/discount.js';
import { PackagePartSchema, PackageSchema } from './packages/domain/package.js';
import { PackageUnitSchema, SoldPackageSchema } from './packages/domain/sold-package.js';
import { AgreedPriceSchema } from './prices/domain/agreed-price.js';
import { ProductPriceSchema, ProductSchema } from './prices/domain/product.js';
import { BillingDetailsSchema } from './invoicing/domain/billing-details.js';
import { DraftInvoiceSchema, DraftLineSchema } from './invoicing/domain/draft-invoice.js';
import { InstalmentPlanSchema, InstalmentSchema } from './instalments/domain/instalment-plan.js';
import { PayLinkSchema } from './pay-page/domain/pay-link.js';
import { FinanceSettingsSchema, InvoiceCounterSchema } from './domain/settings.js';
import { CashMovementSchema, CashSessionSchema, CashTillSchema } from './till/domain/cash-till.js';

import { WriteOffSchema } from './domain/write-off.js';
import { DunningPauseSchema, DunningSettingsSchema, DunningStepSchema } from './dunning/domain/dunning.js';
import { BankLineSchema, BankStatementSchema } from './bank-statements/domain/bank-statement.js';

export { InvoiceReminded } from './dunning/domain/dunning-events.js';
export { DunningReader, type ReminderForMessage } from './dunning/queries/dunning-reader.js';
export { InstalmentNotCharged } from './instalments/domain/instalment-events.js';
export { FinanceModule } from './finance.module.js';
export { Charges } from './charges.js';
export type { ChargeSource } from './domain/charge.js';
export type { ChargeCommand } from './use-cases/record-charge.js';
export { CreditUsed, InvoiceIssued, PaymentFailed, PaymentReceived, RefundCompleted } from './domain/events.js';
export { CheckoutDto } from './http/payment.dto.js';
export { paymentLimit } from './http/payment-limit.js';
export { Prepayments, type PrepaymentSource } from './prepayments.js';
export {
  AmountNotPositive,
  CheckoutRejected,
  GatewayUnclear,
  InvoiceNotFound,
  NothingToPay,
  PaymentNotFound,
} from './domain/errors.js';
export { Arrears } from './queries/arrears.js';
export { type PayLink, PayLinks } from './pay-page/use-cases/pay-links.js';
export { InvoicePdf } from './queries/invoice-pdf.js';
export {
  InvoiceReader,
  type InvoiceForMessage,
  type PaymentForMessage,
  type RefundForMessage,
} from './queries/invoice-reader.js';
export { FinanceAudit } from './queries/finance-audit.js';
export { PaymentUnderWay, SavedMethodNotFound } from './domain/gateway-errors.js';
export { AdoptPayment } from './reconciliation/use-cases/adopt-payment.js';
export { DisputeOpened } from './reconciliation/domain/reconciliation-events.js';
export { DisputeReader } from './reconciliation/queries/dispute-reader.js';
export { NewDifferences, type SchoolWithDifferences } from './reconciliation/queries/new-differences.js';
export type { DifferenceKind } from './reconciliation/domain/gateway-books.js';
export { RecordDispute } from './reconciliation/use-cases/record-dispute.js';
export { WhoseCharge } from './reconciliation/queries/whose-charge.js';
export { RecordSavedMethod } from './saved-methods/use-cases/record-saved-method.js';
export { ChargeSavedMethod } from './saved-methods/use-cases/charge-saved-method.js';
export { CloseCheckout } from './use-cases/close-checkout.js';
export { type Checkout, CreateCheckout } from './use-cases/create-checkout.js';
export type { Price, PricesOfProduct } from './prices/domain/lesson-prices.js';
export { PackageAudit } from './packages/queries/package-audit.js';
export { Packages, type PackagedLesson } from './packages/packages.js';
export { PriceList } from './prices/queries/price-list.js';
export { type PublicPrice, PublicPrices } from './prices/queries/public-prices.js';
export { RecordCollection, type Collection } from './use-cases/record-collection.js';
export { CreditInvoice } from './use-cases/credit-invoice.js';
export { UseCredit } from './till/use-cases/use-credit.js';
export { SetBillingDetails } from './invoicing/use-cases/set-billing-details.js';
export { noBillingDetails } from './invoicing/domain/billing-details.js';
export { IntendPayment, type IntendedPayment } from './use-cases/intend-payment.js';
export type { LinePrice } from './domain/invoice-totals.js';
export { IssueInvoice, type IssueInvoiceCommand } from './use-cases/issue-invoice.js';
export { RecordPaymentOutcome } from './use-cases/record-payment-outcome.js';
export { RecordRefundOutcome } from './use-cases/record-refund-outcome.js';

export { ConfigureDunning } from './dunning/use-cases/configure-dunning.js';
export { KeepDiscounts } from './discounts/use-cases/keep-discounts.js';
export { DefinePackage } from './packages/use-cases/define-package.js';
export { SellPackage } from './packages/use-cases/sell-package.js';
export { KeepProducts } from './prices/use-cases/keep-products.js';
export { SetProductPrice } from './prices/use-cases/set-product-price.js';
export { AddTill } from './till/use-cases/add-till.js';
export { OpenTill } from './till/use-cases/open-till.js';
export { RecordPayment } from './till/use-cases/record-payment.js';

export { checkPeriod, type Period, PeriodInvalid } from './reports/domain/period.js';
export { PeriodQuery } from './reports/http/report.dto.js';
export { reportFile } from './reports/http/report-files.js';
export { byteOrderMark, csvAmount, csvRow, type DecimalMark, journalCsv } from './domain/journal-csv.js';
export type { JournalEntry } from './domain/journal-entry.js';
export { type PlanAccount, planAccounts } from './domain/account-plan.js';
export { type AccountNaming, JournalReader } from './queries/journal-reader.js';
export { BuyerReader } from './queries/buyer-reader.js';
export { type TransferSource, transferSources } from './domain/ledger.js';
export { vatCode, voucherText } from './domain/voucher.js';
export * from './ports/payment-gateway.js';
export { PaymentGateways } from './ports/payment-gateways.js';

export {
  ChargeSchema,
  InvoiceLineSchema,
  InvoiceSchema,
  LedgerAccountSchema,
  LedgerBooksSchema,
  LedgerTransferSchema,
  PackageUnitSchema,
  PaymentAllocationSchema,
  PaymentSchema,
  ProductSchema,
  RefundSchema,
  WriteOffSchema,
};

export const financeEntities = [
  BankLineSchema,
  BankStatementSchema,
  DunningPauseSchema,
  DunningSettingsSchema,
  DunningStepSchema,
  CashMovementSchema,
  CashSessionSchema,
  CashTillSchema,
  BillingDetailsSchema,
  ChargeSchema,
  DraftInvoiceSchema,
  DraftLineSchema,
  FinanceSettingsSchema,
  GatewayAccountSchema,
  InstalmentPlanSchema,
  InstalmentSchema,
  InvoiceCounterSchema,
  InvoiceLineSchema,
  InvoiceSchema,
  LedgerAccountSchema,
  LedgerBooksSchema,
  LedgerClosingSchema,
  LedgerTransferSchema,
  PayLinkSchema,
  PaymentAllocationSchema,
  PaymentSchema,
  AgreedPriceSchema,
  DiscountRedemptionSchema,
  DiscountSchema,
  PackagePartSchema,
  PackageSchema,
  PackageUnitSchema,
  SoldPackageSchema,
  ProductPriceSchema,
  ProductSchema,
  RefundSchema,
  SavedMethodSchema,
  DisputeSchema,
  ...reconciliationEntities,
  WriteOffSchema,
];
