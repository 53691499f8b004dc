import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { Calendar } from '../../domain/calendar/claims.js';
import type { ClassSession } from '../domain/class-session.js';
import type { Course } from '../domain/course.js';
import { ClassCancelled } from '../domain/events.js';
import { ClassAttendances } from './class-attendances.js';
import { CourseSpan } from './course-span.js';

/** Cancels single sessions: teacher, room and everybody's time are free again, and all who were to come are told. */
@Injectable()
export class ClassCanceller {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly attendances: ClassAttendances,
    private readonly calendar: Calendar,
    private readonly span: CourseSpan,
    private readonly audit: Audit,
  ) {}

  /** In the transaction of a caller who holds the course. @throws ClassIsCancelled | ClassStarted | ClaimsChanged, which must roll it back */
  async cancel(course: Course, session: ClassSession, reason: string | null): Promise<void> {
    assertTransaction('ClassCanceller.cancel()');
    session.assertAhead(this.clock.now());
    session.cancel(reason, this.clock.now());
    await this.calendar.release(session.id);
    const studentIds = await this.attendances.clear(session.id);
    await this.em.flush();
    await this.span.refresh(course);
    await this.outbox.record(new ClassCancelled({ sessionId: session.id, studentIds }));
    const details = { courseId: course.id, students: studentIds.length };
    await this.audit.record({ action: 'class.cancelled', subjectId: session.id, details });
  }
}
