import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

export class StudentJoinedCourse extends DomainEvent<{ enrolmentId: Id }> {
  static override readonly eventName = 'bookings.student_joined_course';
}

/** Withdrawn, or moved to another course: then that one tells of the new one. */
export class StudentLeftCourse extends DomainEvent<{ enrolmentId: Id }> {
  static override readonly eventName = 'bookings.student_left_course';
}

/** With all its sessions. */
export class CoursePlanned extends DomainEvent<{ courseId: Id }> {
  static override readonly eventName = 'bookings.course_planned';
}

/** A seat is kept for somebody on the waiting list. */
export class CourseSeatOffered extends DomainEvent<{ waiterId: Id }> {
  static override readonly eventName = 'bookings.course_seat_offered';
}

export class ClassMoved extends DomainEvent<{ sessionId: Id; previousStartsAt: string; previousTeacherId: Id }> {
  static override readonly eventName = 'bookings.class_moved';
}

export class ClassCancelled extends DomainEvent<{ sessionId: Id; studentIds: readonly Id[] }> {
  static override readonly eventName = 'bookings.class_cancelled';
}

/** With all its sessions that were still to come; of those no event tells singly. */
export class CourseCancelled extends DomainEvent<{ courseId: Id; studentIds: readonly Id[] }> {
  static override readonly eventName = 'bookings.course_cancelled';
}

/** A student waits for a seat on a full course. */
export class CourseWaitingListJoined extends DomainEvent<{ waiterId: Id }> {
  static override readonly eventName = 'bookings.course_waiting_list_joined';
}
