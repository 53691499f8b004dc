import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { AlreadyEnrolled, CourseFull } from '../domain/course-problems.js';
import { CourseSeat } from '../domain/course-seat.js';
import { CourseWaiter } from '../domain/course-waiter.js';
import type { Course } from '../domain/course.js';
import { CourseSeatOffered } from '../domain/events.js';
import type { ClassTables } from '../queries/tables.js';

/** Gives out a course's seats. The key of their rows sells none twice; whoever calls holds the course, so that nobody has to fail by it. */
@Injectable()
export class CourseSeats {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Read without a lock: enough to send away the many who come too late. @throws CourseFull */
  async checkNotFull({ id, capacity }: Pick<Course, 'id' | 'capacity'>): Promise<void> {
    if ((await this.taken(id)).length >= capacity) throw new CourseFull();
  }

  /** @throws AlreadyEnrolled | CourseFull */
  async take(course: Course, studentId: Id): Promise<void> {
    const seats = await this.taken(course.id);
    if (seats.some((seat) => seat.studentId === studentId)) throw new AlreadyEnrolled();
    const place = freePlace(course, seats);
    if (place === null) throw new CourseFull();
    this.em.persist(seatOf(course, place, studentId));
    await this.em.flush();
  }

  /** The seat goes to the next one on the waiting list, if there is one. */
  async free(course: Course, studentId: Id): Promise<void> {
    await this.em.nativeDelete(CourseSeat, { courseId: course.id, studentId });
    await this.offerFree(course);
  }

  /** Keeps each free seat for one who waits, in the order in which they joined, and tells him. */
  async offerFree(course: Course): Promise<void> {
    if (course.state !== 'open' || this.clock.now() >= course.endsAt) return;
    const seats = [...(await this.taken(course.id))];
    const free = course.capacity - seats.length;
    if (free <= 0) return;
    const waiting = { courseId: course.id, state: 'waiting' as const };
    for (const waiter of await this.em.find(CourseWaiter, waiting, { orderBy: { id: 'asc' }, limit: free })) {
      const { studentId } = waiter;
      const place = freePlace(course, seats)!;
      seats.push({ place, studentId });
      this.em.persist(seatOf(course, place, studentId));
      waiter.offer(course.offerEnds(this.clock.now()));
      await this.outbox.record(new CourseSeatOffered({ waiterId: waiter.id }));
    }
    await this.em.flush();
  }

  /** Nobody waits any more; seats kept for some of them are free. */
  async sendWaitersAway(course: Course): Promise<void> {
    const open = { courseId: course.id, state: { $in: ['waiting' as const, 'offered' as const] } };
    for (const waiter of await this.em.find(CourseWaiter, open)) {
      if (waiter.state === 'offered')
        await this.em.nativeDelete(CourseSeat, { courseId: course.id, studentId: waiter.studentId });
      waiter.close('left');
    }
    await this.em.flush();
  }

  /** After the capacity fell: seats beyond it take places within. */
  async closeUp(course: Course): Promise<void> {
    const seats = await this.taken(course.id);
    for (const seat of seats.filter(({ place }) => place >= course.capacity)) {
      const place = freePlace(course, seats)!;
      await this.em.nativeUpdate(CourseSeat, { courseId: course.id, studentId: seat.studentId }, { place });
      seats.push({ ...seat, place });
    }
  }

  async taken(courseId: Id): Promise<TakenSeat[]> {
    return schoolQuery<ClassTables>(this.em)
      .selectFrom('course_seats')
      .select(['place', 'student_id as studentId'])
      .where('course_id', '=', bin(courseId))
      .execute();
  }
}

interface TakenSeat {
  readonly place: number;
  readonly studentId: Id;
}

function freePlace({ capacity }: Course, seats: readonly TakenSeat[]): number | null {
  const taken = new Set(seats.map(({ place }) => place));
  for (let place = 0; place < capacity; place++) if (!taken.has(place)) return place;
  return null;
}

function seatOf({ id: courseId, schoolId }: Course, place: number, studentId: Id): CourseSeat {
  return Object.assign(new CourseSeat(), { courseId, schoolId, place, studentId });
}
