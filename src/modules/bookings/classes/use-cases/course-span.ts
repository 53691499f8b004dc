import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Charges } from '../../../finance/index.js';
import { ClassSession } from '../domain/class-session.js';
import { CourseEnrolment } from '../domain/course-enrolment.js';
import type { Course } from '../domain/course.js';

/** From the first session that takes place to the last: courses are listed by it. */
@Injectable()
export class CourseSpan {
  constructor(
    private readonly em: EntityManager,
    private readonly charges: Charges,
  ) {}

  /** After a session was moved or cancelled; a course without any left keeps the span that it had. */
  async refresh(course: Course): Promise<void> {
    const sessions = await this.em.find(
      ClassSession,
      { courseId: course.id, state: 'planned' },
      { orderBy: { startsAt: 'asc' } },
    );
    const [first, last] = [sessions.at(0), sessions.toSorted((a, b) => +a.endsAt - +b.endsAt).at(-1)];
    if (!first || !last) return;
    const begunAt = course.startsAt;
    course.startsAt = first.startsAt;
    course.endsAt = last.endsAt;
    await this.em.flush();
    if (begunAt.getTime() !== first.startsAt.getTime()) await this.deliver(course);
  }

  /** Its price is earned when it begins: from then on it is owed, whoever leaves. */
  private async deliver({ id: courseId, startsAt }: Course): Promise<void> {
    const enrolments = await this.em.find(CourseEnrolment, { courseId, state: 'enrolled' });
    const chargedAs = enrolments.map((enrolment) => enrolment.chargedAs);
    await this.charges.deliverAt(['course'], chargedAs, startsAt);
  }
}
