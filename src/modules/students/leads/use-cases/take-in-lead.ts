import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Lead, type LeadDetails, type LeadOrigin } from '../domain/lead.js';
import { LeadReceived } from '../domain/lead-events.js';
import { LeadUnreachable } from '../domain/lead-problems.js';
import { LeadMatches } from '../queries/lead-matches.js';
import { OpenLeads } from '../queries/open-leads.js';
import { LeadClock } from './lead-clock.js';

/** Writes a lead of the current school down, beside the student it may be and the lead of the same person that is open, and has the office told. */
@Injectable()
export class TakeInLead {
  constructor(
    readonly em: EntityManager,
    private readonly matches: LeadMatches,
    private readonly openLeads: OpenLeads,
    private readonly clock: LeadClock,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @throws LeadUnreachable */
  @Transaction()
  async execute(origin: Omit<LeadOrigin, 'schoolId'>, details: LeadDetails): Promise<Lead> {
    if (details.email === null && details.phone === null) throw new LeadUnreachable();
    // Two leads of one person at the same moment come in one after the other.
    const times = await this.clock.times();
    const lead = Lead.receive({ ...origin, schoolId: currentSchool() }, details, times);
    const [match] = await this.matches.of(details);
    lead.matchedStudentId = match?.studentId ?? null;
    lead.duplicateOfId = await this.openLeads.firstOf(details);
    await this.em.persist(lead).flush();
    await this.outbox.record(new LeadReceived({ leadId: lead.id }));
    const { source, kind } = lead;
    await this.audit.record({ action: 'lead.received', subjectId: lead.id, details: { source, kind } });
    return lead;
  }
}
