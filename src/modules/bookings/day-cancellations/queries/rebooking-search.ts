import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { addDays, atLocal, type LocalDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { StudentDirectory } from '../../../students/index.js';
import type { Booking } from '../../domain/booking.js';
import { FreeTimesFinder } from '../../queries/free-times-finder.js';
import { choicesOf, type OfferedTime } from '../../waiting-list/domain/offer.js';
import type { DayTables } from '../day-cancellations.tables.js';
import { keyOf, rebookingChoices } from '../domain/rebooking-choice.js';

const daysAhead = 14;
const mostChoices = 3;
/** Of ten teachers, every quarter hour of two weeks. */
const mostTimes = 5_000;

/** Other times for the lessons of a cancelled day. */
@Injectable()
export class RebookingSearch {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly students: StudentDirectory,
    private readonly finder: FreeTimesFinder,
  ) {}

  /** At most three from the day after on, and as few of those that others of the day were offered as can be. */
  async of(booking: Booking, day: { readonly id: Id; readonly date: LocalDate }): Promise<OfferedTime[]> {
    const [lessonType, student, { zone }, offered] = await Promise.all([
      this.scheduling.lessonType(booking.lessonTypeId),
      this.students.get(booking.studentId),
      this.scheduling.school(),
      this.offered(day.id),
    ]);
    if (!lessonType.active || student.status !== 'active') return [];
    const { setupMinutes, bufferMinutes, startsAt, teacherId } = booking;
    const from = addDays(day.date, 1);
    const window = new TimeRange(atLocal(from, '00:00', zone), atLocal(addDays(from, daysAhead), '00:00', zone));
    const { minutes } = booking.lesson;
    const wish = { lessonType, minutes, setupMinutes, bufferMinutes, zone, studentResourceId: student.resourceId };
    const free = await this.finder.find(wish, window, mostTimes);
    return rebookingChoices(free, { startsAt, teacherId, zone, offered }, mostChoices);
  }

  private async offered(cancellationId: Id): Promise<Set<string>> {
    const rows = await schoolQuery<DayTables>(this.em)
      .selectFrom('offers')
      .select('choices')
      .where('cancellation_id', '=', bin(cancellationId))
      .where('state', 'in', ['open', 'accepted'])
      .execute();
    return new Set(rows.flatMap(({ choices }) => choicesOf(choices).map(keyOf)));
  }
}
