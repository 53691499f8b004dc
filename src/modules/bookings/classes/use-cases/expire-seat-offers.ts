import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { CourseWaiter } from '../domain/course-waiter.js';
import { CourseSeats } from './course-seats.js';
import { CoursesAtHand } from './courses-at-hand.js';

/** Takes back the seats of a course that nobody said yes to in time, and asks the next ones. */
@Injectable()
export class ExpireSeatOffers {
  constructor(
    readonly em: EntityManager,
    private readonly atHand: CoursesAtHand,
    private readonly seats: CourseSeats,
  ) {}

  @Transaction()
  async execute(courseId: Id, now: Date): Promise<void> {
    const course = await this.atHand.hold(null, courseId);
    const due = { courseId, state: 'offered' as const, offeredUntil: { $lte: now } };
    for (const waiter of await this.em.find(CourseWaiter, due, { orderBy: { id: 'asc' } })) {
      waiter.close('expired');
      await this.em.flush();
      await this.seats.free(course, waiter.studentId);
    }
  }
}
