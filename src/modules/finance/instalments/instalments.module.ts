import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { SavedMethodsModule } from '../saved-methods/saved-methods.module.js';
import { InstalmentPlansController } from './http/instalment-plans.controller.js';
import { MindInstalments } from './jobs/mind-instalments.js';
import { InstalmentPrivacy } from './privacy/instalment-privacy.js';
import { InstalmentAudit } from './queries/instalment-audit.js';
import { InstalmentPlanReader } from './queries/instalment-plan-reader.js';
import { PlanDraft } from './queries/plan-draft.js';
import { ChargeInstalment } from './use-cases/charge-instalment.js';
import { EndInstalmentPlan } from './use-cases/end-instalment-plan.js';
import { IssueInstalment } from './use-cases/issue-instalment.js';
import { MoveInstalment } from './use-cases/move-instalment.js';
import { RecordInstalmentTry } from './use-cases/record-instalment-try.js';
import { StartInstalmentPlan } from './use-cases/start-instalment-plan.js';

/** What is paid in parts: an invoice for each, issued and charged on its day. */
@Module({
  imports: [IdentityModule, StudentsModule, BooksModule, SavedMethodsModule],
  controllers: [InstalmentPlansController],
  providers: [
    ChargeInstalment,
    EndInstalmentPlan,
    InstalmentAudit,
    InstalmentPlanReader,
    InstalmentPrivacy,
    IssueInstalment,
    MindInstalments,
    MoveInstalment,
    PlanDraft,
    RecordInstalmentTry,
    StartInstalmentPlan,
  ],
  exports: [EndInstalmentPlan],
})
export class InstalmentsModule {}
