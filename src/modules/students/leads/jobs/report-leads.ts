import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { SchoolDirectories } from '../../../schools/index.js';
import type { LeadSchema } from '../domain/lead.js';
import { LeadMoved } from '../domain/lead-events.js';

type Db = Tables<typeof LeadSchema>;

// A partner may be away for three days: after the first hour it is tried every half hour at the most.
const attempts = 160;

/** Tells a partner how it stands with what he sent; what he was told is noted, so that no state is told twice for long. */
@Injectable()
export class ReportLeads {
  private readonly logger = new Logger(ReportLeads.name);

  constructor(
    private readonly em: EntityManager,
    private readonly directories: SchoolDirectories,
  ) {}

  @Handles(LeadMoved, { name: 'students.report-lead', mode: 'external', attempts })
  async report({ id: messageId, occurredAt, payload }: EventOf<LeadMoved>): Promise<void> {
    const lead = await this.lead(payload.leadId);
    if (!lead?.externalId || lead.reportedRevision >= payload.revision) return;
    const directory = this.directories.of(lead.source);
    if (!directory) return;
    const { externalId, state, revision } = lead;
    const told = await directory.reportLead({ messageId, externalId, state, revision, changedAt: occurredAt });
    if (told.outcome === 'unknown') throw new Error(`the directory could not be told: ${told.reason}`);
    if (told.outcome === 'rejected')
      this.logger.warn({ leadId: payload.leadId, reason: told.reason }, 'a directory refused to hear of a lead');
    else await this.note(payload.leadId, revision);
  }

  /** As it stands now: a later state than the event’s makes the next report needless. */
  private lead(id: Id) {
    return schoolQuery<Db>(this.em)
      .selectFrom('leads')
      .select(['source', 'external_id as externalId', 'state', 'revision', 'reported_revision as reportedRevision'])
      .where('id', '=', bin(id))
      .executeTakeFirst();
  }

  private async note(id: Id, revision: number): Promise<void> {
    await globalQuery<Db>(this.em)
      .updateTable('leads')
      .set({ reported_revision: revision })
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(id))
      .where('reported_revision', '<', revision)
      .execute();
  }
}
