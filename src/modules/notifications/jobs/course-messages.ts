import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import type { Id } from '../../../platform/values/id.js';
import {
  ClassCancelled,
  ClassMoved,
  ClassReader,
  CourseCancelled,
  CourseSeatOffered,
  StudentJoinedCourse,
} from '../../bookings/index.js';
import { soonest } from '../domain/soonest.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

/** What students and teachers hear about theory classes: each of them once, however many classes a change concerns. */
@Injectable()
export class CourseMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly classes: ClassReader,
  ) {}

  @Handles(StudentJoinedCourse, { name: 'notifications.confirm-enrolment' })
  async joined({ id, payload: { enrolmentId } }: EventOf<StudentJoinedCourse>): Promise<void> {
    const place = await this.classes.enrolment(enrolmentId);
    if (!place) return;
    const order = { kind: 'course_enrolled' as const, userId: place.studentUserId, subjectId: enrolmentId, cause: id };
    await this.queue.execute([order]);
  }

  @Handles(CourseSeatOffered, { name: 'notifications.offer-course-seat' })
  async offered({ id, payload: { waiterId } }: EventOf<CourseSeatOffered>): Promise<void> {
    const place = await this.classes.waiter(waiterId);
    if (!place) return;
    const order = { kind: 'course_seat_offered' as const, userId: place.studentUserId, subjectId: waiterId, cause: id };
    await this.queue.execute([order]);
  }

  @Handles(ClassMoved, { name: 'notifications.tell-moved-class' })
  async moved({ id, payload }: EventOf<ClassMoved>): Promise<void> {
    const { sessionId } = payload;
    const session = await this.classes.session(sessionId);
    if (!session) return;
    const previousStartsAt = new Date(payload.previousStartsAt).toISOString();
    const happensAt = soonest(session.startsAt, previousStartsAt);
    const order = {
      kind: 'class_moved' as const,
      subjectId: sessionId,
      cause: id,
      params: { previousStartsAt },
      happensAt,
    };
    const readers = new Set([...(await this.classes.usersIn(sessionId)), session.teacherUserId]);
    await this.queue.execute([...readers].map((userId) => ({ ...order, userId })));
  }

  @Handles(ClassCancelled, { name: 'notifications.tell-cancelled-class' })
  async cancelled({ id, payload: { sessionId, studentIds } }: EventOf<ClassCancelled>): Promise<void> {
    const session = await this.classes.session(sessionId);
    if (!session) return;
    const readers = new Set([...(await this.classes.usersOf(studentIds)), session.teacherUserId]);
    const order = { kind: 'class_cancelled' as const, subjectId: sessionId, cause: id, happensAt: session.startsAt };
    await this.queue.execute([...readers].map((userId) => ({ ...order, userId })));
  }

  @Handles(CourseCancelled, { name: 'notifications.tell-cancelled-course' })
  async courseCancelled({ id, payload: { courseId, studentIds } }: EventOf<CourseCancelled>): Promise<void> {
    const course = await this.classes.course(courseId);
    if (!course) return;
    const readers: Set<Id> = new Set([...(await this.classes.usersOf(studentIds)), course.teacherUserId]);
    const order = { kind: 'course_cancelled' as const, subjectId: courseId, cause: id, happensAt: course.startsAt };
    await this.queue.execute([...readers].map((userId) => ({ ...order, userId })));
  }
}
