import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { CashTillsController } from './http/cash-tills.controller.js';
import { CreditController } from './http/credit.controller.js';
import { ManualPaymentsController } from './http/manual-payments.controller.js';
import { UseCreditAtIssue } from './jobs/use-credit-at-issue.js';
import { CashSessions } from './queries/cash-sessions.js';
import { OpenInvoices } from './queries/open-invoices.js';
import { StudentCredit } from './queries/student-credit.js';
import { AddTill } from './use-cases/add-till.js';
import { AllocateByHand } from './use-cases/allocate-by-hand.js';
import { BankCash } from './use-cases/bank-cash.js';
import { CashDrawer } from './use-cases/cash-drawer.js';
import { CloseTill } from './use-cases/close-till.js';
import { OpenTill } from './use-cases/open-till.js';
import { PayOutRefund } from './use-cases/pay-out-refund.js';
import { RecordPayment } from './use-cases/record-payment.js';
import { RefundCredit } from './use-cases/refund-credit.js';
import { ReversePayment } from './use-cases/reverse-payment.js';
import { TakeCredit } from './use-cases/take-credit.js';
import { UseCredit } from './use-cases/use-credit.js';

/** Money that changes hands at the school: taken in, allocated, undone and paid out by staff. */
@Module({
  imports: [IdentityModule, StudentsModule, BooksModule],
  controllers: [CashTillsController, CreditController, ManualPaymentsController],
  providers: [
    AddTill,
    AllocateByHand,
    BankCash,
    CashDrawer,
    CashSessions,
    CloseTill,
    OpenInvoices,
    OpenTill,
    PayOutRefund,
    RecordPayment,
    RefundCredit,
    ReversePayment,
    StudentCredit,
    TakeCredit,
    UseCredit,
    UseCreditAtIssue,
  ],
  exports: [RecordPayment, UseCredit],
})
export class TillModule {}
