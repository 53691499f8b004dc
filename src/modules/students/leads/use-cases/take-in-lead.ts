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
import { LeadClock } from './lead-clock.js';

/** Writes a lead of the current school down, beside the student it may be already, and has the office told. */
@Injectable()
export class TakeInLead {
  constructor(
    readonly em: EntityManager,
    private readonly matches: LeadMatches,
    private readonly clock: LeadClock,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @throws LeadUnreachable */
  @Transaction()
  async execute(origin: Omit<LeadOrigin, 'schoolId'>, details: LeadDetails): Promise<Lead> {
    if (details.email === null && details.phone === null) throw new LeadUnreachable();
    const lead = Lead.receive({ ...origin, schoolId: currentSchool() }, details, this.clock.times());
    const [match] = await this.matches.of(details);
    lead.matchedStudentId = match?.studentId ?? null;
    await this.em.persist(lead).flush();
    await this.outbox.record(new LeadReceived({ leadId: lead.id }));
    const { source, kind } = lead;
    await this.audit.record({ action: 'lead.received', subjectId: lead.id, details: { source, kind } });
    return lead;
  }
}
