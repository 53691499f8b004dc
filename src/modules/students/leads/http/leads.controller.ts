import { Body, Controller, Delete, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { csvFile } from '../../../../platform/http/csv-file.js';
import { CallersLanguage, type Language } from '../../../../platform/http/language.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import { given } from '../../../../platform/values/given.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { InvalidBirthDate, StudentExists, StudentNotFound } from '../../domain/student-problems.js';
import { leadReportCsv } from './lead-report-csv.js';
import {
  LeadClosed,
  LeadDetailsMissing,
  LeadNotFound,
  LeadUnreachable,
  UnknownAssignee,
  UnknownBranch,
} from '../domain/lead-problems.js';
import { LeadReader, type LeadSummary, type LeadView } from '../queries/lead-reader.js';
import { LeadReport, type SourceConversion } from '../queries/lead-report.js';
import { AddLead } from '../use-cases/add-lead.js';
import { AssignLead } from '../use-cases/assign-lead.js';
import { ContactLead } from '../use-cases/contact-lead.js';
import { ConvertLead } from '../use-cases/convert-lead.js';
import { EraseLead } from '../use-cases/erase-lead.js';
import { RejectLead } from '../use-cases/reject-lead.js';
import {
  AddLeadDto,
  AssignLeadDto,
  ConvertLeadDto,
  LeadConversionDto,
  LeadDto,
  LeadListQuery,
  LeadReportFileQuery,
  LeadReportQuery,
  LeadSummaryDto,
  RejectLeadDto,
} from './lead.dto.js';

@Controller('v1/schools/:schoolId/leads')
@ApiTags('Leads')
export class LeadsController {
  constructor(
    private readonly addLead: AddLead,
    private readonly assignLead: AssignLead,
    private readonly contactLead: ContactLead,
    private readonly rejectLead: RejectLead,
    private readonly convertLead: ConvertLead,
    private readonly eraseLead: EraseLead,
    private readonly leads: LeadReader,
    private readonly report: LeadReport,
  ) {}

  @Post()
  @Requires('lead.manage')
  @Operation({
    id: 'addLead',
    summary: 'Write a lead down by hand',
    description: 'Somebody who rang, walked in, or wrote. With an e-mail address or a phone number at least.',
    ok: LeadDto,
    status: 201,
    problems: [UnknownBranch, LeadUnreachable],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() { source, kind, name, ...rest }: AddLeadDto): Promise<LeadView> {
    return this.addLead.execute(source, { kind, name, ...nothingSaid, ...given(rest) });
  }

  @Get()
  @Requires('lead.read')
  @Operation({
    id: 'listLeads',
    summary: 'List the school’s leads',
    description: 'Newest first unless asked otherwise.',
    ok: PageOf(LeadSummaryDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: LeadListQuery): Promise<Page<LeadSummary>> {
    return this.leads.list(query);
  }

  @Get('conversion')
  @Requires('lead.read')
  @Operation({
    id: 'getLeadConversion',
    summary: 'See what became of leads, by where they came from',
    description: 'Of those that came in on these days, as they stand now. The source with the most comes first.',
    ok: [LeadConversionDto],
  })
  conversion(
    @IdParam('schoolId') _schoolId: Id,
    @Query() { from, until }: LeadReportQuery,
  ): Promise<SourceConversion[]> {
    return this.report.bySource(from, until);
  }

  @Get('conversion.csv')
  @Requires('lead.read')
  @Operation({
    id: 'downloadLeadConversion',
    summary: 'Download what became of leads as CSV',
    description: 'The same, one line a source, separated as spreadsheets of the language expect it.',
    file: 'text/csv',
  })
  async conversionFile(
    @IdParam('schoolId') _schoolId: Id,
    @Query() { from, until, language }: LeadReportFileQuery,
    @CallersLanguage() callers: Language,
  ): Promise<StreamableFile> {
    return csvFile(leadReportCsv(await this.report.bySource(from, until), language ?? callers), 'leads');
  }

  @Get(':leadId')
  @Requires('lead.read')
  @Operation({
    id: 'getLead',
    summary: 'Read a lead',
    description: 'With what the person agreed to, and the students whom he may be already.',
    ok: LeadDto,
    problems: [LeadNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('leadId') leadId: Id): Promise<LeadView> {
    return this.leads.get(leadId);
  }

  @Post(':leadId/assign')
  @Requires('lead.manage')
  @Operation({
    id: 'assignLead',
    summary: 'Say who looks after a lead',
    description: 'Somebody who works for the school, or nobody. Saying it again changes nothing.',
    ok: LeadDto,
    problems: [LeadNotFound, LeadClosed, UnknownAssignee],
  })
  assign(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('leadId') leadId: Id,
    @Body() { userId }: AssignLeadDto,
  ): Promise<LeadView> {
    return this.assignLead.execute(leadId, userId);
  }

  @Post(':leadId/contact')
  @Requires('lead.manage')
  @Operation({
    id: 'contactLead',
    summary: 'Note that somebody has spoken to the person',
    description: 'The owners are told no more that nobody did. Saying it again changes nothing.',
    ok: LeadDto,
    problems: [LeadNotFound, LeadClosed],
  })
  contact(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('leadId') leadId: Id,
  ): Promise<LeadView> {
    return this.contactLead.execute(actor, leadId);
  }

  @Post(':leadId/reject')
  @Requires('lead.manage')
  @Operation({
    id: 'rejectLead',
    summary: 'Close a lead that nothing comes of',
    description: 'Where it came from a partner, he is told that it is closed, and not why.',
    ok: LeadDto,
    problems: [LeadNotFound, LeadClosed],
  })
  reject(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('leadId') leadId: Id,
    @Body() { reason }: RejectLeadDto,
  ): Promise<LeadView> {
    return this.rejectLead.execute(actor, leadId, reason);
  }

  @Post(':leadId/convert')
  @Requires('lead.convert')
  @Operation({
    id: 'convertLead',
    summary: 'Make a lead a student',
    description:
      'Enrols the person with what the lead says and what is given here, and closes the lead, in one step. With `studentId` nobody is ' +
      'enrolled: he is that student already.',
    ok: LeadDto,
    problems: [
      LeadNotFound,
      LeadClosed,
      new LeadDetailsMissing('email'),
      StudentExists,
      StudentNotFound,
      InvalidBirthDate,
    ],
  })
  convert(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('leadId') leadId: Id,
    @Body() body: ConvertLeadDto,
  ): Promise<LeadView> {
    return this.convertLead.execute(actor, leadId, body);
  }

  @Delete(':leadId')
  @Requires('lead.manage')
  @AlwaysAdmitted('a person’s wish to be forgotten waits for nobody')
  @Operation({
    id: 'eraseLead',
    summary: 'Erase what a lead says of the person',
    description:
      'That there was one, and what became of it, stays counted. An open one is closed. Erasing it again changes nothing.',
    problems: [LeadNotFound],
  })
  erase(@IdParam('schoolId') _schoolId: Id, @IdParam('leadId') leadId: Id): Promise<void> {
    return this.eraseLead.execute(leadId);
  }
}

const nothingSaid = {
  email: null,
  phone: null,
  birthDate: null,
  licenceClass: null,
  locationId: null,
  message: null,
  consent: null,
};
