import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { BillingDetailsController } from './http/billing-details.controller.js';
import { InvoiceDraftsController } from './http/invoice-drafts.controller.js';
import { BillingPrivacy } from './privacy/billing-privacy.js';
import { DraftReader } from './queries/draft-reader.js';
import { DeleteDraft } from './use-cases/delete-draft.js';
import { IssueDraft } from './use-cases/issue-draft.js';
import { SaveDraft } from './use-cases/save-draft.js';
import { SetBillingDetails } from './use-cases/set-billing-details.js';

/** Invoices before they are issued, and to whom they are written. */
@Module({
  imports: [IdentityModule, StudentsModule, BooksModule],
  controllers: [BillingDetailsController, InvoiceDraftsController],
  providers: [BillingPrivacy, DeleteDraft, DraftReader, IssueDraft, SaveDraft, SetBillingDetails],
  exports: [SetBillingDetails],
})
export class InvoicingModule {}
