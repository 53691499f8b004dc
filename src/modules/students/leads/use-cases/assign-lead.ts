import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import type { Id } from '../../../../platform/values/id.js';
import { Memberships, type SchoolRole } from '../../../identity/index.js';
import { LeadAssigned } from '../domain/lead-events.js';
import { UnknownAssignee } from '../domain/lead-problems.js';
import { LeadReader, type LeadView } from '../queries/lead-reader.js';
import { ChangeLead } from './change-lead.js';

const staff: readonly SchoolRole[] = ['owner', 'office', 'teacher'];

/** Says who of the school looks after a lead, or that nobody does. That somebody has spoken to the person is another thing. */
@Injectable()
export class AssignLead {
  constructor(
    readonly em: EntityManager,
    private readonly changeLead: ChangeLead,
    private readonly memberships: Memberships,
    private readonly outbox: Outbox,
    private readonly reader: LeadReader,
  ) {}

  /** Repeating it changes nothing. @throws LeadNotFound, LeadClosed, UnknownAssignee */
  @Transaction()
  async execute(leadId: Id, userId: Id | null): Promise<LeadView> {
    await this.changeLead.execute(leadId, 'lead.assigned', async (lead) => {
      if (userId !== null && !(await this.isStaff(userId))) throw new UnknownAssignee();
      if (!lead.assign(userId)) return null;
      if (userId !== null) await this.outbox.record(new LeadAssigned({ leadId }));
      return { userId };
    });
    return this.reader.get(leadId);
  }

  private async isStaff(userId: Id): Promise<boolean> {
    return (await this.memberships.rolesOf(userId)).some((role) => staff.includes(role));
  }
}
