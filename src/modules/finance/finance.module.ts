import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { BankStatementsModule } from './bank-statements/bank-statements.module.js';
import { BooksModule } from './books.module.js';
import { DunningModule } from './dunning/dunning.module.js';
import { AccountingController } from './http/accounting.controller.js';
import { ChargesController } from './http/charges.controller.js';
import { InvoicesController } from './http/invoices.controller.js';
import { PaymentIntentsController } from './http/payment-intents.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { CloseSettledCheckouts } from './jobs/close-settled-checkouts.js';
import { EarnDeliveries } from './jobs/earn-deliveries.js';
import { InstalmentsModule } from './instalments/instalments.module.js';
import { InvoicingModule } from './invoicing/invoicing.module.js';
import { PayPageModule } from './pay-page/pay-page.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { ReconcilePayments } from './jobs/reconcile-payments.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { SavedMethodsModule } from './saved-methods/saved-methods.module.js';
import { SendRefund } from './jobs/send-refund.js';
import { DiscountsModule } from './discounts/discounts.module.js';
import { PackagesModule } from './packages/packages.module.js';
import { PricesModule } from './prices/prices.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { StatementsModule } from './statements/statements.module.js';
import { TillModule } from './till/till.module.js';
import { PaymentsIntegration } from './queries/payments-integration.js';

/** Money: each area is a module of its own on top of the books. */
@Module({
  imports: [
    IdentityModule,
    BooksModule,
    InstalmentsModule,
    InvoicingModule,
    LedgerModule,
    DiscountsModule,
    PackagesModule,
    PayPageModule,
    PricesModule,
    ReconciliationModule,
    ReportsModule,
    SavedMethodsModule,
    BankStatementsModule,
    DunningModule,
    StatementsModule,
    TillModule,
  ],
  controllers: [
    AccountingController,
    ChargesController,
    InvoicesController,
    PaymentIntentsController,
    PaymentsController,
  ],
  providers: [CloseSettledCheckouts, EarnDeliveries, PaymentsIntegration, ReconcilePayments, SendRefund],
  exports: [
    BooksModule,
    DunningModule,
    InvoicingModule,
    PackagesModule,
    PricesModule,
    ReconciliationModule,
    SavedMethodsModule,
    TillModule,
  ],
})
export class FinanceModule {}
