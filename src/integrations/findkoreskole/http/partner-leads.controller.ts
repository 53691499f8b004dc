import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type PartnerName, Requires } from '../../../modules/identity/index.js';
import {
  ConsentInTheFuture,
  type LeadDetails,
  LeadIdReused,
  type LeadKind,
  LeadNotFound,
  type LeadReceipt,
  LeadUnreachable,
  ReceiveLead,
  SchoolNotListed,
  UnknownBranch,
} from '../../../modules/students/index.js';
import { CurrentPartner, type Partner } from '../../../platform/auth/actor.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { LeadReceiptDto, PartnerLeadDto, PartnerRegistrationDto } from './partner.dto.js';

const problems = [LeadIdReused, SchoolNotListed, UnknownBranch, LeadUnreachable, ConsentInTheFuture];
const writing = { name: 'partner-leads', points: 240, seconds: 60, by: 'caller' } as const;

@Controller('partner/v1')
@ApiTags('Partner API')
export class PartnerLeadsController {
  constructor(private readonly receiveLead: ReceiveLead) {}

  @Post('leads')
  @Requires('leads.write')
  @RateLimit(writing)
  @AnswerNotStored('a lead’s own id tells a repeat')
  @Operation({
    id: 'submitLead',
    summary: 'Hand in somebody who asks a school',
    description: 'Once for each id: sent again unchanged it is answered as it stands, changed it is refused.',
    ok: LeadReceiptDto,
    status: 202,
    problems,
  })
  lead(@CurrentPartner() partner: Partner, @Body() body: PartnerLeadDto): Promise<LeadReceipt> {
    return this.receiveLead.execute(partner.name as PartnerName, sentOf('enquiry', body));
  }

  @Post('registrations')
  @Requires('leads.write')
  @RateLimit(writing)
  @AnswerNotStored('a registration’s own id tells a repeat')
  @Operation({
    id: 'submitRegistration',
    summary: 'Hand in somebody who wants to begin at a school',
    description: 'As a lead, with what the school needs to enrol him. The office of the school decides.',
    ok: LeadReceiptDto,
    status: 202,
    problems,
  })
  registration(@CurrentPartner() partner: Partner, @Body() body: PartnerRegistrationDto): Promise<LeadReceipt> {
    return this.receiveLead.execute(partner.name as PartnerName, sentOf('registration', body));
  }

  @Get('leads/:leadId')
  @Requires('leads.write')
  @RateLimit({ ...writing, name: 'partner-lead' })
  @Operation({
    id: 'getLeadReceipt',
    summary: 'See how it stands with a lead or registration',
    description: 'The same that webhooks tell, for whoever has missed one.',
    ok: LeadReceiptDto,
    problems: [LeadNotFound],
  })
  receipt(@CurrentPartner() partner: Partner, @IdParam('leadId') leadId: Id): Promise<LeadReceipt> {
    return this.receiveLead.receipt(partner.name as PartnerName, leadId);
  }
}

function sentOf(kind: LeadKind, { id, schoolId, branchId, ...sent }: PartnerLeadDto & { birthDate?: string | null }) {
  const { name, consent } = sent;
  const { email = null, phone = null, birthDate = null, licenceClass = null, message = null } = sent;
  const person = { name, email, phone, birthDate, licenceClass, message };
  const agreed = { text: consent.text, givenAt: consent.givenAt };
  const details: LeadDetails = { kind, locationId: branchId ?? null, ...person, consent: agreed };
  return { id, schoolId, details };
}
