import { Global, Module } from '@nestjs/common';
import { Admission } from '../../platform/auth/admission.js';
import { FinanceModule } from '../finance/index.js';
import { IdentityModule } from '../identity/index.js';
import { SchoolsModule } from '../schools/index.js';
import { StudentsModule } from '../students/index.js';
import { BillingController } from './http/billing.controller.js';
import { LeniencyController } from './http/leniency.controller.js';
import { ReturnPagesController } from './http/return-pages.controller.js';
import { SubscriptionController } from './http/subscription.controller.js';
import { KeepInStep } from './jobs/keep-in-step.js';
import { ReadGateway } from './jobs/read-gateway.js';
import { BillReader } from './queries/bill-reader.js';
import { BillingAudit } from './queries/billing-audit.js';
import { BillingTerms } from './queries/billing-terms.js';
import { KnownBills } from './queries/known-bills.js';
import { PlanReader } from './queries/plan-reader.js';
import { SeatsInUse } from './queries/seats-in-use.js';
import { Standings } from './queries/standings.js';
import { Subscribers } from './queries/subscribers.js';
import { SubscriptionAdmission } from './queries/subscription-admission.js';
import { SubscriptionReader } from './queries/subscription-reader.js';
import { AskStep } from './use-cases/ask-step.js';
import { ConfigureBilling } from './use-cases/configure-billing.js';
import { CreditGivenBack } from './use-cases/credit-given-back.js';
import { CustomerOfSeller } from './use-cases/customer-of-seller.js';
import { DefinePlan } from './use-cases/define-plan.js';
import { GrantLeniency } from './use-cases/grant-leniency.js';
import { OpenPortal } from './use-cases/open-portal.js';
import { OpenTrial } from './use-cases/open-trial.js';
import { RecordBill } from './use-cases/record-bill.js';
import { RecordSubscription } from './use-cases/record-subscription.js';
import { Subscribe } from './use-cases/subscribe.js';
import { TellStanding } from './use-cases/tell-standing.js';

const frontDoor = [BillReader, RecordBill, RecordSubscription, SubscriptionReader];

/** What schools pay the platform. Global, because the guard of every route asks how a school stands. */
@Global()
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule, FinanceModule],
  controllers: [BillingController, LeniencyController, ReturnPagesController, SubscriptionController],
  providers: [
    ...frontDoor,
    { provide: Admission, useClass: SubscriptionAdmission },
    AskStep,
    BillingAudit,
    BillingTerms,
    ConfigureBilling,
    CreditGivenBack,
    CustomerOfSeller,
    DefinePlan,
    GrantLeniency,
    KeepInStep,
    KnownBills,
    OpenPortal,
    OpenTrial,
    PlanReader,
    ReadGateway,
    SeatsInUse,
    Standings,
    Subscribe,
    Subscribers,
    TellStanding,
  ],
  exports: [...frontDoor, Admission],
})
export class BillingModule {}
