import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped } from '../../../../platform/database/columns.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { ClassSession } from './class-session.js';

/** `excused`: does not come, and his time is his own. */
export const attendanceStates = ['expected', 'present', 'absent', 'excused'] as const;
export type AttendanceState = (typeof attendanceStates)[number];

/** States in which the student's time is claimed. */
export const comingStates = ['expected', 'present', 'absent'] as const satisfies readonly AttendanceState[];

export const ClassAttendanceSchema = defineEntity({
  name: 'ClassAttendance',
  tableName: 'class_attendances',
  ...schoolScoped,
  uniques: [
    { name: 'class_attendances_school_id', properties: ['schoolId', 'id'] },
    { name: 'class_attendances_once', properties: ['sessionId', 'studentId'] },
  ],
  indexes: [
    { name: 'class_attendances_session', properties: ['schoolId', 'sessionId', 'startsAt', 'id'] },
    { name: 'class_attendances_student', properties: ['schoolId', 'studentId', 'startsAt', 'id'] },
    { name: 'class_attendances_enrolment', properties: ['schoolId', 'enrolmentId'] },
    { name: 'class_attendances_time', properties: ['schoolId', 'startsAt', 'id'] },
    { name: 'class_attendances_caught_up', properties: ['schoolId', 'catchesUpId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    sessionId: id(),
    studentId: id(),
    /** Null for a guest of another course. */
    enrolmentId: id().nullable(),
    /** What a guest missed in his own course. */
    catchesUpId: id().nullable(),
    state: code<AttendanceState>(),
    /** Of the session: what a student has is read in order of time. */
    startsAt: instant(),
    reportedBy: id().nullable(),
    reportedAt: instant().nullable(),
  },
});

/** A student's seat in one session. While he is to come, or was, it claims his time by its id. */
export class ClassAttendance extends ClassAttendanceSchema.class {
  static of(
    session: ClassSession,
    { studentId, enrolmentId = null, catchesUpId = null, state = 'expected' }: NewAttendance,
  ): ClassAttendance {
    const { id: sessionId, schoolId, startsAt } = session;
    const rest = { id: newId(), reportedBy: null, reportedAt: null };
    const links = { sessionId, schoolId, startsAt, studentId, enrolmentId, catchesUpId, state };
    return Object.assign(new ClassAttendance(), links, rest);
  }

  get isComing(): boolean {
    return this.state !== 'excused';
  }

  report(state: AttendanceState, by: Id, at: Date): void {
    Object.assign(this, { state, reportedBy: by, reportedAt: at });
  }
}
ClassAttendanceSchema.setClass(ClassAttendance);

export interface NewAttendance {
  readonly studentId: Id;
  readonly enrolmentId?: Id | null;
  readonly catchesUpId?: Id | null;
  readonly state?: AttendanceState;
}
