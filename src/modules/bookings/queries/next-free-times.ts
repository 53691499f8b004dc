import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { type LessonTypeSchema, type LicenceClass, Scheduling } from '../../schools/index.js';
import { BookingRules } from '../ports/booking-rules.js';
import { FreeTimesFinder } from './free-times-finder.js';

/** When anybody could begin: no names, and nobody's diary. */
export interface NextFreeTime {
  readonly licenceClass: LicenceClass;
  readonly lessonType: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly locationId: Id | null;
}

const day = 86_400_000;
const daysAhead = 21;
const mostTypes = 5;
const timesOfEach = 3;

/** The next times at which a student could book at the current school, by the rules that hold for students. */
@Injectable()
export class NextFreeTimes {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly finder: FreeTimesFinder,
    private readonly rules: BookingRules,
    private readonly clock: Clock,
  ) {}

  /** Some of each of the first kinds of lessons that students book, by time. */
  async find(): Promise<NextFreeTime[]> {
    const now = this.clock.now();
    const window = new TimeRange(now, new Date(now.getTime() + daysAhead * day));
    const { zone } = await this.scheduling.school();
    const found: NextFreeTime[] = [];
    for (const id of await this.lessonTypeIds()) found.push(...(await this.ofType(id, zone, window)));
    return found.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  }

  private async ofType(id: Id, zone: string, window: TimeRange): Promise<NextFreeTime[]> {
    const lessonType = await this.scheduling.lessonType(id);
    const { minutes, setupMinutes, bufferMinutes, licenceClass, name } = lessonType;
    const bookable = (span: TimeRange) => this.rules.bookable({ lessonType, zone }, span);
    const wish = { lessonType, minutes, setupMinutes, bufferMinutes, zone, bookable };
    const times = await this.finder.find(wish, window, timesOfEach);
    return times.map(({ startsAt, endsAt, locationId = null }) => ({
      licenceClass,
      lessonType: name,
      startsAt,
      endsAt,
      locationId,
    }));
  }

  private async lessonTypeIds(): Promise<Id[]> {
    const rows = await schoolQuery<Tables<typeof LessonTypeSchema>>(this.em)
      .selectFrom('lesson_types')
      .select('id')
      .where('active', '=', true)
      .where('bookable_by_students', '=', true)
      .orderBy('name')
      .orderBy('id')
      .limit(mostTypes)
      .execute();
    return rows.map(({ id }) => id);
  }
}
