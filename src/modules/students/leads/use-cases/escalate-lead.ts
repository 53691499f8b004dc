import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import type { Id } from '../../../../platform/values/id.js';
import { Lead } from '../domain/lead.js';
import { LeadLeftUntouched } from '../domain/lead-events.js';

/** Has the owners told of a lead that nobody has touched in time, once. */
@Injectable()
export class EscalateLead {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Transaction()
  async execute(leadId: Id, now: Date): Promise<void> {
    const lead = await this.em.findOne(Lead, { id: leadId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!lead?.escalate(now)) return;
    await this.em.flush();
    await this.outbox.record(new LeadLeftUntouched({ leadId }));
  }
}
