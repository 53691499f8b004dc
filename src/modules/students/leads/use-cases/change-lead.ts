import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { AuditDetails } from '../../../../platform/audit/audit.entities.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Lead as LeadEntity } from '../domain/lead.js';
import { Lead } from '../domain/lead.js';
import { LeadMoved } from '../domain/lead-events.js';
import { LeadNotFound } from '../domain/lead-problems.js';

/** Changes one lead while nobody else does, and has its partner told of a new state. */
@Injectable()
export class ChangeLead {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @param change answers what the audit log is to hold; null: nothing happened @throws LeadNotFound, and what `change` throws */
  @Transaction()
  async execute(
    leadId: Id,
    action: string,
    change: (lead: LeadEntity) => AuditDetails | null | Promise<AuditDetails | null>,
  ): Promise<void> {
    const lead = await this.em.findOne(Lead, { id: leadId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!lead) throw new LeadNotFound();
    const before = lead.revision;
    const details = await change(lead);
    if (details === null) return;
    await this.em.flush();
    const { revision, state } = lead;
    if (revision !== before) await this.outbox.record(new LeadMoved({ leadId, revision, state }));
    await this.audit.record({ action, subjectId: leadId, details });
  }
}
