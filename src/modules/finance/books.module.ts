import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { SchoolsModule } from '../schools/index.js';
import { StudentsModule } from '../students/index.js';
import { Charges } from './charges.js';
import { FinancePrivacy } from './privacy/finance-privacy.js';
import { StudentMoney } from './privacy/student-money.js';
import { Arrears } from './queries/arrears.js';
import { PayLinks } from './pay-page/use-cases/pay-links.js';
import { Prepayments } from './prepayments.js';
import { BuyerReader } from './queries/buyer-reader.js';
import { ChargeNet } from './queries/charge-net.js';
import { ChargeReader } from './queries/charge-reader.js';
import { ClosedPeriods } from './queries/closed-periods.js';
import { InvoiceDirectory } from './queries/invoice-directory.js';
import { InvoicePdf } from './queries/invoice-pdf.js';
import { InvoiceReader } from './queries/invoice-reader.js';
import { JournalReader } from './queries/journal-reader.js';
import { OpenMoney } from './queries/open-money.js';
import { PaymentReader } from './queries/payment-reader.js';
import { SellerReader } from './queries/seller-reader.js';
import { StudentAccount } from './queries/student-account.js';
import { FinanceAudit } from './queries/finance-audit.js';
import { AdvanceRefund } from './use-cases/advance-refund.js';
import { AllocatePayment } from './use-cases/allocate-payment.js';
import { AskCharge } from './use-cases/ask-charge.js';
import { BeginPayment } from './use-cases/begin-payment.js';
import { CancelCharge } from './use-cases/cancel-charge.js';
import { CheckPayment } from './use-cases/check-payment.js';
import { ChooseGateway } from './use-cases/choose-gateway.js';
import { CloseCheckout } from './use-cases/close-checkout.js';
import { CloseSettled } from './use-cases/close-settled.js';
import { ConfigureFinance } from './use-cases/configure-finance.js';
import { CreateCharge } from './use-cases/create-charge.js';
import { CreateCheckout } from './use-cases/create-checkout.js';
import { CreatePaymentIntent } from './use-cases/create-payment-intent.js';
import { CreditInvoice } from './use-cases/credit-invoice.js';
import { DownloadJournal } from './use-cases/download-journal.js';
import { EarnDeferred } from './use-cases/earn-deferred.js';
import { IntendPayment } from './use-cases/intend-payment.js';
import { IssueInvoice } from './use-cases/issue-invoice.js';
import { MoneyCounters } from './use-cases/money-counters.js';
import { OpenCheckout } from './use-cases/open-checkout.js';
import { OpenIntent } from './use-cases/open-intent.js';
import { PlanDelivery } from './use-cases/plan-delivery.js';
import { PostInvoice } from './use-cases/post-invoice.js';
import { OpenAccounts } from './use-cases/open-accounts.js';
import { PostTransfers } from './use-cases/post-transfers.js';
import { RecordCharge } from './use-cases/record-charge.js';
import { RecordCollection } from './use-cases/record-collection.js';
import { RecordPaymentOutcome } from './use-cases/record-payment-outcome.js';
import { RecordRefundOutcome } from './use-cases/record-refund-outcome.js';
import { RefundPayment } from './use-cases/refund-payment.js';
import { StartPayment } from './use-cases/start-payment.js';
import { ReverseDelivery } from './use-cases/reverse-delivery.js';
import { TakeInvoiceNumber } from './use-cases/take-invoice-number.js';
import { WriteInvoice } from './use-cases/write-invoice.js';

const books = [
  AdvanceRefund,
  AllocatePayment,
  Arrears,
  AskCharge,
  BeginPayment,
  BuyerReader,
  CancelCharge,
  ChargeNet,
  ChargeReader,
  Charges,
  CheckPayment,
  ChooseGateway,
  CloseCheckout,
  CloseSettled,
  ClosedPeriods,
  ConfigureFinance,
  CreateCharge,
  CreateCheckout,
  CreatePaymentIntent,
  CreditInvoice,
  DownloadJournal,
  EarnDeferred,
  FinanceAudit,
  FinancePrivacy,
  IntendPayment,
  InvoiceDirectory,
  InvoicePdf,
  InvoiceReader,
  IssueInvoice,
  JournalReader,
  MoneyCounters,
  OpenCheckout,
  OpenIntent,
  OpenMoney,
  PayLinks,
  PaymentReader,
  PlanDelivery,
  PostInvoice,
  OpenAccounts,
  PostTransfers,
  Prepayments,
  RecordCharge,
  RecordCollection,
  RecordPaymentOutcome,
  RecordRefundOutcome,
  RefundPayment,
  ReverseDelivery,
  SellerReader,
  StartPayment,
  StudentAccount,
  StudentMoney,
  TakeInvoiceNumber,
  WriteInvoice,
];

/** What every area of finance stands on: charges, invoices, payments, refunds and the ledger. Needs the ports that integrations.module.ts binds. */
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule],
  providers: [...books],
  exports: [...books],
})
export class BooksModule {}
