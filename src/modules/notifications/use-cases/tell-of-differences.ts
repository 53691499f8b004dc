import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { localDate } from '../../../platform/values/zone.js';
import type { SchoolWithDifferences } from '../../finance/index.js';
import type { MessageSchema } from '../domain/message.js';
import { TellStaff } from './tell-staff.js';

/** Queues one message a day at most to the owners of the current school, when a difference was found since the last one. */
@Injectable()
export class TellOfDifferences {
  constructor(
    readonly em: EntityManager,
    private readonly staff: TellStaff,
  ) {}

  @Transaction()
  async execute({ schoolId, latest }: SchoolWithDifferences, now: Date): Promise<void> {
    const last = await this.lastTold();
    if (last && latest <= last) return;
    const cause = `${schoolId}:${localDate(now, 'Europe/Copenhagen')}`;
    await this.staff.execute({ kind: 'school_differences_found', subjectId: schoolId, cause });
  }

  private async lastTold(): Promise<Date | null> {
    const row = await schoolQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select('created_at as at')
      .where('kind', '=', 'school_differences_found')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.at ?? null;
  }
}
