import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { ChangeLead } from './change-lead.js';

/** Takes everything about the person out of a lead; that there was one stays counted. */
@Injectable()
export class EraseLead {
  constructor(
    readonly em: EntityManager,
    private readonly changeLead: ChangeLead,
    private readonly clock: Clock,
  ) {}

  /** Repeating it changes nothing. @throws LeadNotFound */
  @Transaction()
  async execute(leadId: Id, why: 'erased' | 'expired' = 'erased'): Promise<void> {
    await this.changeLead.execute(leadId, 'lead.erased', (lead) => {
      if (lead.erasedAt !== null) return null;
      lead.erase(why, this.clock.now());
      return { why };
    });
  }
}
