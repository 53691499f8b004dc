import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { RejectReason } from '../domain/lead.js';
import { LeadReader, type LeadView } from '../queries/lead-reader.js';
import { ChangeLead } from './change-lead.js';

/** Closes a lead that nothing comes of. */
@Injectable()
export class RejectLead {
  constructor(
    readonly em: EntityManager,
    private readonly changeLead: ChangeLead,
    private readonly reader: LeadReader,
    private readonly clock: Clock,
  ) {}

  /** @throws LeadNotFound, LeadClosed */
  @Transaction()
  async execute(actor: Actor, leadId: Id, reason: RejectReason): Promise<LeadView> {
    await this.changeLead.execute(leadId, 'lead.rejected', (lead) => {
      lead.reject(reason, actor.id, this.clock.now());
      return { reason };
    });
    return this.reader.get(leadId);
  }
}
