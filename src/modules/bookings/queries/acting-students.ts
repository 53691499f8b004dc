import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentDirectory, type StudentRecord } from '../../students/index.js';
import { checkActsFor } from '../domain/booking-policy.js';
import { NotYourBooking } from '../domain/errors.js';

/** Which student a request is about. */
@Injectable()
export class ActingStudents {
  constructor(private readonly students: StudentDirectory) {}

  /**
   * The one that staff name, null when they name none; for a student always himself.
   * @throws NotYourBooking when a student names somebody else, or the caller is no student of the school
   */
  async of(actor: Actor, studentId: Id | undefined): Promise<StudentRecord | null> {
    if (actor.isStaff) return studentId === undefined ? null : this.students.get(studentId);
    const student = await this.students.byUser(actor.userId);
    checkActsFor(actor, student);
    if (!student || (studentId !== undefined && studentId !== student.id)) throw new NotYourBooking();
    return student;
  }
}
