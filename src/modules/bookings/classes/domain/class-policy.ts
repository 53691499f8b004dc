import type { Actor } from '../../../../platform/auth/actor.js';
import type { Id } from '../../../../platform/values/id.js';
import type { StudentRecord } from '../../../students/index.js';
import type { AttendanceState } from './class-attendance.js';
import { ClassNotStarted, CourseBegun, NotYourClass, StaffEnrols, StudentMayNotEnrol } from './course-problems.js';

/** Only the school excuses from a class, or keeps a charge for one who leaves. @throws StaffEnrols */
export function checkMayDecide(actor: Actor, decision: boolean | undefined): void {
  if (decision !== undefined && !actor.isStaff) throw new StaffEnrols();
}

/** @throws StaffEnrols | StudentMayNotEnrol */
export function checkMayEnrol(
  actor: Actor,
  course: { readonly selfEnrolment: boolean },
  { status }: Pick<StudentRecord, 'status'>,
): void {
  if (!actor.isStaff && !course.selfEnrolment) throw new StaffEnrols();
  if (status !== 'active') throw new StudentMayNotEnrol();
}

/** Students leave by themselves until the teaching begins; after that the school decides. @throws CourseBegun */
export function checkMayLeave(actor: Actor, course: { readonly startsAt: Date }, now: Date): void {
  if (!actor.isStaff && now >= course.startsAt) throw new CourseBegun();
}

/** The teacher of the class, or the office. @throws NotYourClass */
export function checkMayTeach(actor: Actor, teacher: { readonly userId: Id }): void {
  if (!actor.isStaff || (actor.role === 'teacher' && actor.userId !== teacher.userId)) throw new NotYourClass();
}

/** Who came is said once it has begun; who does not come, at any time. @throws ClassNotStarted */
export function checkMayReport(state: AttendanceState, session: { readonly startsAt: Date }, now: Date): void {
  if (now < session.startsAt && (state === 'present' || state === 'absent')) throw new ClassNotStarted();
}
