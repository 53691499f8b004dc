import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { Scheduling } from '../../../schools/index.js';
import { SLOT_MINUTES } from '../../domain/calendar/slots.js';
import { FreeTimesFinder } from '../../queries/free-times-finder.js';
import type { OfferedTime } from '../domain/offer.js';

/** What became free of a teacher's day. */
export interface FreedTime {
  readonly teacherId: Id;
  readonly startsAt: Date;
  /** Setup and buffer included. */
  readonly busy: TimeRange;
}

// A day of quarter hours: no freed time is longer.
const mostPlaces = 96;

/** Where in a freed time a lesson of some type could be, resources and all. */
@Injectable()
export class FreedPlaces {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly finder: FreeTimesFinder,
  ) {}

  /** Those that touch the freed time, nearest to its start first; none when the teacher does not teach this. */
  async of({ teacherId, startsAt, busy }: FreedTime, lessonTypeId: Id): Promise<OfferedTime[]> {
    const [lessonType, { zone }] = await Promise.all([
      this.scheduling.lessonType(lessonTypeId),
      this.scheduling.school(),
    ]);
    const { minutes, setupMinutes, bufferMinutes } = lessonType;
    const teachers = await this.scheduling.teachersFor(lessonType);
    if (!lessonType.active || !teachers.some(({ id }) => id === teacherId)) return [];
    const wish = { lessonType, minutes, setupMinutes, bufferMinutes, zone, teacherId };
    const window = new TimeRange(new Date(busy.start.getTime() - (minutes - SLOT_MINUTES) * 60_000), busy.end);
    const found = await this.finder.find(wish, window, mostPlaces);
    const distance = (time: OfferedTime) => Math.abs(time.startsAt.getTime() - startsAt.getTime());
    return found.toSorted((a, b) => distance(a) - distance(b));
  }
}
