import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { ClassTables } from '../queries/tables.js';
import { ExpireSeatOffers } from '../use-cases/expire-seat-offers.js';

const PORTION = 500;

/** Seats offered from waiting lists that nobody took in time. */
@Injectable()
export class SeatOffers {
  constructor(
    private readonly em: EntityManager,
    private readonly expire: ExpireSeatOffers,
  ) {}

  /** What a portion leaves is due at the next run. */
  @Schedule('bookings.expire-seat-offers', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    const due = await acrossSchools('offers run out in every school at once', () => this.due(now));
    for (const { schoolId, courseId } of due) await inSchool(schoolId, () => this.expire.execute(courseId, now));
  }

  private due(now: Date) {
    return globalQuery<ClassTables>(this.em)
      .selectFrom('course_waiters')
      .select(['school_id as schoolId', 'course_id as courseId'])
      .distinct()
      .where('state', '=', 'offered')
      .where('offered_until', '<=', now)
      .limit(PORTION)
      .execute();
  }
}
