import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocationSchema } from '../../../schools/index.js';
import type { LeadDetails, OwnLeadSource } from '../domain/lead.js';
import { UnknownBranch } from '../domain/lead-problems.js';
import { LeadReader, type LeadView } from '../queries/lead-reader.js';
import { TakeInLead } from './take-in-lead.js';

/** Writes down somebody who rang, walked in, or wrote on the school's own pages. */
@Injectable()
export class AddLead {
  constructor(
    readonly em: EntityManager,
    private readonly takeIn: TakeInLead,
    private readonly reader: LeadReader,
  ) {}

  /** @throws UnknownBranch, LeadUnreachable */
  @Transaction()
  async execute(source: OwnLeadSource, details: LeadDetails): Promise<LeadView> {
    if (details.locationId !== null) await this.checkLocation(details.locationId);
    return this.reader.get((await this.takeIn.execute({ source }, details)).id);
  }

  private async checkLocation(id: Id): Promise<void> {
    const locations = schoolQuery<Tables<typeof LocationSchema>>(this.em).selectFrom('locations').select('id');
    if (!(await locations.where('id', '=', bin(id)).executeTakeFirst())) throw new UnknownBranch('locationId');
  }
}
