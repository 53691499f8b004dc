import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { ClassSession } from '../domain/class-session.js';
import type { Course } from '../domain/course.js';

/** From the first session that takes place to the last: courses are listed by it. */
@Injectable()
export class CourseSpan {
  constructor(private readonly em: EntityManager) {}

  /** After a session was moved or cancelled; a course without any left keeps the span that it had. */
  async refresh(course: Course): Promise<void> {
    const sessions = await this.em.find(
      ClassSession,
      { courseId: course.id, state: 'planned' },
      { orderBy: { startsAt: 'asc' } },
    );
    const [first, last] = [sessions.at(0), sessions.toSorted((a, b) => +a.endsAt - +b.endsAt).at(-1)];
    if (!first || !last) return;
    course.startsAt = first.startsAt;
    course.endsAt = last.endsAt;
    await this.em.flush();
  }
}
