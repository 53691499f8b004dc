import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { type IntegrationStatus, stateOf, TellsIntegration } from '../../../platform/integrations/tells-integration.js';
import { isStale, type TeacherCalendarSchema } from '../domain/teacher-calendar.js';
import { Clock } from '../../../platform/values/clock.js';

/** Teachers' own calendars: failing when one of them cannot be read. */
@Injectable()
export class CalendarIntegration {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @TellsIntegration()
  async tell(): Promise<IntegrationStatus[]> {
    const calendars = await schoolQuery<Tables<typeof TeacherCalendarSchema>>(this.em)
      .selectFrom('teacher_calendars')
      .select(['fetched_at as fetchedAt', 'created_at as createdAt', 'problem'])
      .execute();
    const now = this.clock.now();
    const broken = calendars.filter((each) => each.problem !== null && isStale(each, now));
    const lastSuccessAt = calendars.reduce<Date | null>(
      (last, { fetchedAt }) => (fetchedAt && (!last || fetchedAt > last) ? fetchedAt : last),
      null,
    );
    const known = { kind: 'calendars', provider: null, lastSuccessAt, lastFailureAt: null } as const;
    const lastFailure = broken[0]?.problem ?? null;
    if (calendars.length === 0) return [{ ...known, state: 'off', lastFailure }];
    return [{ ...known, state: broken.length > 0 ? 'failing' : stateOf(lastSuccessAt, null), lastFailure }];
  }
}
