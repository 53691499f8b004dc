import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import { OrphanedBookings, type OrphanedBooking } from '../../schools/index.js';
import { OrphanSearch } from './orphan-search.js';

/** Tells a change of hours or time off which booked lessons it leaves outside. */
@Injectable()
export class OrphansInDiary extends OrphanedBookings {
  constructor(private readonly search: OrphanSearch) {
    super();
  }

  async futureOutside(teacherId: Id | null, from: Date, until?: Date): Promise<readonly OrphanedBooking[]> {
    const orphans = await this.search.all({ teacherId, from, until });
    return orphans.map(({ bookingId, studentId, teacherId: teacher, startsAt, endsAt }) => ({
      bookingId,
      studentId,
      teacherId: teacher,
      startsAt,
      endsAt,
    }));
  }
}
