import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { addDays, localDate } from '../../../../platform/values/zone.js';
import { AskNext } from '../use-cases/ask-next.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

const portion = 200;

/** Lets offers run out, asks the next ones, and ends what has waited beyond its dates. */
@Injectable()
export class OfferClock {
  constructor(
    private readonly em: EntityManager,
    private readonly askNext: AskNext,
  ) {}

  @Schedule('bookings.offers', { every: { seconds: 20 } })
  async run(now: Date): Promise<void> {
    for (;;) {
      const due = await acrossSchools('offers run out in every school at once', () => this.due(now));
      const failures = await this.askAll(due);
      if (due.length < portion || failures.length > 0) {
        await this.expire(now);
        if (failures.length > 0) throw new AggregateError(failures, 'some rounds of offers could not go on');
        return;
      }
    }
  }

  @Schedule('bookings.waiting-list', { daily: '00:40' })
  async end(now: Date): Promise<void> {
    // Whatever the school's zone, the date has passed there too.
    const passed = addDays(localDate(now, 'UTC'), -1);
    await globalQuery<WaitingListTables>(this.em)
      .updateTable('waiting_list_entries')
      .set({ state: 'expired', closed_at: now })
      .where('state', '=', 'active')
      .where('until_date', '<', passed)
      .execute();
  }

  /** One that fails keeps no other waiting. @returns what failed */
  private async askAll(due: readonly { readonly id: Id; readonly schoolId: Id }[]): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (const { id, schoolId } of due) {
      await inSchool(schoolId, () => this.askNext.execute(id)).catch((error: unknown) => failures.push(error));
    }
    return failures;
  }

  private due(now: Date) {
    return globalQuery<WaitingListTables>(this.em)
      .selectFrom('offer_rounds')
      .select(['id', 'school_id as schoolId'])
      .where('state', '=', 'open')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(portion)
      .execute();
  }

  /** Those that belong to no round, and those of a round that has ended. */
  private async expire(now: Date): Promise<void> {
    await globalQuery<WaitingListTables>(this.em)
      .updateTable('offers')
      .set({ state: 'expired', token: null, closed_at: now })
      .where('state', '=', 'open')
      .where('expires_at', '<=', now)
      .execute();
  }
}
