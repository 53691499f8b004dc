import type { Tables } from '../../../../platform/database/query.js';
import type { TeacherSchema } from '../../../schools/index.js';
import type { StudentSchema } from '../../../students/index.js';
import type { ClassAttendanceSchema } from '../domain/class-attendance.js';
import type { ClassSessionSchema } from '../domain/class-session.js';
import type { CourseEnrolmentSchema } from '../domain/course-enrolment.js';
import type { CoursePlanSchema } from '../domain/course-plan.js';
import type { CourseSeatSchema } from '../domain/course-seat.js';
import type { CourseWaiterSchema } from '../domain/course-waiter.js';
import type { CourseSchema } from '../domain/course.js';

/** The tables of theory classes, and those that their reads join. */
export type ClassTables = Tables<
  | typeof CoursePlanSchema
  | typeof CourseSchema
  | typeof ClassSessionSchema
  | typeof CourseEnrolmentSchema
  | typeof CourseWaiterSchema
  | typeof CourseSeatSchema
  | typeof ClassAttendanceSchema
  | typeof StudentSchema
  | typeof TeacherSchema
>;
