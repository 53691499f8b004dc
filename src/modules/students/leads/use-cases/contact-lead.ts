import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { LeadReader, type LeadView } from '../queries/lead-reader.js';
import { ChangeLead } from './change-lead.js';

/** Notes that somebody has spoken to the person: the owners are not told any more. */
@Injectable()
export class ContactLead {
  constructor(
    readonly em: EntityManager,
    private readonly changeLead: ChangeLead,
    private readonly reader: LeadReader,
    private readonly clock: Clock,
  ) {}

  /** Repeating it changes nothing. @throws LeadNotFound, LeadClosed */
  @Transaction()
  async execute(actor: Actor, leadId: Id): Promise<LeadView> {
    const at = this.clock.now();
    await this.changeLead.execute(leadId, 'lead.contacted', (lead) => (lead.contact(actor.id, at) ? {} : null));
    return this.reader.get(leadId);
  }
}
