import { Body, Controller, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import {
  AmountNotPositive,
  ChargeNotFound,
  ChargeInInstalments,
  ChargeNotOpen,
  MixedCurrencies,
  NothingToInvoice,
  WrongCurrency,
} from '../../domain/errors.js';
import { InvoiceDto } from '../../http/invoice.dto.js';
import { InvoiceDirectory } from '../../queries/invoice-directory.js';
import type { InvoiceDetails } from '../../queries/invoice-views.js';
import { DraftIsEmpty, DraftNotFound } from '../domain/invoicing-problems.js';
import { DraftReader, type DraftSummary, type DraftView } from '../queries/draft-reader.js';
import { DeleteDraft } from '../use-cases/delete-draft.js';
import { IssueDraft } from '../use-cases/issue-draft.js';
import { SaveDraft } from '../use-cases/save-draft.js';
import {
  CreateInvoiceDraftDto,
  DraftListQuery,
  DraftSummaryDto,
  InvoiceDraftDto,
  UpdateInvoiceDraftDto,
} from './invoicing.dto.js';

const content = [ChargeNotFound, new WrongCurrency('DKK'), new AmountNotPositive('lines')] as const;

@Controller('v1/schools/:schoolId/invoice-drafts')
@ApiTags('Invoice drafts')
export class InvoiceDraftsController {
  constructor(
    private readonly saveDraft: SaveDraft,
    private readonly deleteDraft: DeleteDraft,
    private readonly issueDraft: IssueDraft,
    private readonly drafts: DraftReader,
    private readonly invoices: InvoiceDirectory,
  ) {}

  @Post()
  @Requires('invoice.issue')
  @Operation({
    id: 'createInvoiceDraft',
    summary: 'Begin an invoice',
    description:
      'Of the student’s open charges, of free lines, or of both. It has no number and is owed by nobody yet.',
    ok: InvoiceDraftDto,
    status: 201,
    problems: [StudentNotFound, ...content],
  })
  async create(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: CreateInvoiceDraftDto,
  ): Promise<DraftView> {
    return this.drafts.get(await this.saveDraft.create(actor, body.studentId, body.toContent()));
  }

  @Get()
  @Requires('invoice.issue')
  @Operation({
    id: 'listInvoiceDrafts',
    summary: 'List invoices that are being written, newest first',
    description: 'Those that were issued or deleted are gone.',
    ok: PageOf(DraftSummaryDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: DraftListQuery): Promise<Page<DraftSummary>> {
    return this.drafts.list(query);
  }

  @Get(':draftId')
  @Requires('invoice.issue')
  @Operation({
    id: 'getInvoiceDraft',
    summary: 'Read an invoice that is being written',
    description: 'With what its charges cost at present.',
    ok: InvoiceDraftDto,
    problems: [DraftNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('draftId') draftId: Id): Promise<DraftView> {
    return this.drafts.get(draftId);
  }

  @Put(':draftId')
  @Conditional()
  @Requires('invoice.issue')
  @Operation({
    id: 'updateInvoiceDraft',
    summary: 'Write an invoice anew before it is issued',
    description: 'Names all of it: what is left out is gone.',
    ok: InvoiceDraftDto,
    problems: [DraftNotFound, ...content],
  })
  async update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('draftId') draftId: Id,
    @Body() body: UpdateInvoiceDraftDto,
  ): Promise<DraftView> {
    await this.saveDraft.update(draftId, body.toContent());
    return this.drafts.get(draftId);
  }

  @Delete(':draftId')
  @Requires('invoice.issue')
  @Operation({
    id: 'deleteInvoiceDraft',
    summary: 'Throw an invoice away before it is issued',
    description: 'Its charges stay open.',
    problems: [DraftNotFound],
  })
  delete(@IdParam('schoolId') _schoolId: Id, @IdParam('draftId') draftId: Id): Promise<void> {
    return this.deleteDraft.execute(draftId);
  }

  @Post(':draftId/issue')
  @Requires('invoice.issue')
  @Operation({
    id: 'issueInvoiceDraft',
    summary: 'Issue an invoice that was being written',
    description: 'It gets its number and is sent; what it says never changes. The draft is gone.',
    ok: InvoiceDto,
    status: 201,
    problems: [
      DraftNotFound,
      DraftIsEmpty,
      ChargeNotFound,
      ChargeNotOpen,
      ChargeInInstalments,
      NothingToInvoice,
      MixedCurrencies,
    ],
  })
  async issue(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('draftId') draftId: Id,
  ): Promise<InvoiceDetails> {
    return this.invoices.get(actor, await this.issueDraft.execute(draftId));
  }
}
