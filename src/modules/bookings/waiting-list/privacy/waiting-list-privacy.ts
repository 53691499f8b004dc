import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

/** When somebody wanted lessons, and what he was offered. */
@Injectable()
export class WaitingListPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('waitingList')
  async waitingList({ id }: DataSubject): Promise<unknown> {
    const entries = await schoolQuery<WaitingListTables>(this.em)
      .selectFrom('waiting_list_entries')
      .select(['id', 'state', 'weekdays', 'earliest', 'latest', 'from_date as fromDate', 'until_date as untilDate'])
      .select(['created_at as createdAt', 'closed_at as closedAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    const offers = await schoolQuery<WaitingListTables>(this.em)
      .selectFrom('offers')
      .select(['id', 'state', 'choices', 'created_at as createdAt', 'closed_at as closedAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    return { entries, offers };
  }

  /** Nothing of it has to be kept. */
  @ErasesPersonalData('waitingList')
  async erase({ id }: DataSubject): Promise<Kept | null> {
    for (const table of ['offers', 'waiting_list_entries'] as const)
      await globalQuery<WaitingListTables>(this.em)
        .deleteFrom(table)
        .where('school_id', '=', bin(currentSchool()))
        .where('student_id', '=', bin(id))
        .execute();
    return null;
  }
}
