import { defineEntity } from '@mikro-orm/core';
import type { LicenceClass } from '../../schools/index.js';
import { code, id, instant, int, localDate, schoolScoped, text } from '../../../platform/database/columns.js';
import { erasedText } from '../../../platform/privacy/personal-data.decorators.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { allowedStatusChanges, type StudentStatus } from './student-status.js';
import { InvalidBirthDate, StatusNotAllowed, StudentErased } from './student-problems.js';

export const StudentSchema = defineEntity({
  name: 'Student',
  tableName: 'students',
  ...schoolScoped,
  uniques: [
    { name: 'students_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'students_school_id_user_id_unique', properties: ['schoolId', 'userId'] },
    { name: 'students_school_id_resource_id_unique', properties: ['schoolId', 'resourceId'] },
  ],
  indexes: [
    { name: 'students_school_id_name_index', properties: ['schoolId', 'name', 'id'] },
    { name: 'students_school_id_status_name_index', properties: ['schoolId', 'status', 'name', 'id'] },
    { name: 'students_status_age', properties: ['schoolId', 'status', 'id'] },
    { name: 'students_created_at_index', properties: ['schoolId', 'createdAt', 'id'] },
    { name: 'students_status_created_at_index', properties: ['schoolId', 'status', 'createdAt', 'id'] },
    { name: 'students_licence_class_name_index', properties: ['schoolId', 'licenceClass', 'name', 'id'] },
    { name: 'students_licence_class_created_at_index', properties: ['schoolId', 'licenceClass', 'createdAt', 'id'] },
    { name: 'students_phone', properties: ['schoolId', 'phone'] },
    { name: 'students_school_id_email_index', properties: ['schoolId', 'email'] },
    { name: 'students_user_id_index', properties: ['userId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    userId: id(),
    resourceId: int().unsigned(),
    name: text(120),
    email: text(254),
    phone: text(20).nullable(),
    birthDate: localDate().nullable(),
    licenceClass: code<LicenceClass>(),
    status: code<StudentStatus>(),
    addressLine: text(160).nullable(),
    postcode: text(10).nullable(),
    city: text(80).nullable(),
    createdAt: instant(),
  },
});

export interface StudentDetails {
  readonly name: string;
  readonly phone: string | null;
  readonly birthDate: LocalDate | null;
  readonly licenceClass: LicenceClass;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
}

export type NewStudent = Pick<StudentDetails, 'name' | 'licenceClass'> & Partial<StudentDetails>;

const unknownYet = { phone: null, birthDate: null, addressLine: null, postcode: null, city: null };

/** Nobody is born today or later. */
export function isBirthDate(date: LocalDate, at: Date): boolean {
  return date < at.toISOString().slice(0, 10);
}

/** A student (elev) of one school. No CPR number: the birth date is enough. */
export class Student extends StudentSchema.class {
  /** @throws InvalidBirthDate */
  static enrol(
    identity: { readonly schoolId: Id; readonly userId: Id; readonly resourceId: number; readonly email: string },
    details: NewStudent,
    at: Date,
  ): Student {
    const student = new Student();
    Object.assign(student, identity, unknownYet, { id: newId(), status: 'active', createdAt: at });
    student.change(details, at);
    return student;
  }

  /** @throws InvalidBirthDate */
  change(details: Partial<StudentDetails>, at: Date): void {
    if (details.birthDate && !isBirthDate(details.birthDate, at)) throw new InvalidBirthDate();
    Object.assign(this, given(details));
  }

  /** @throws StatusNotAllowed */
  moveTo(status: StudentStatus): void {
    if (status === this.status) return;
    if (!allowedStatusChanges[this.status].includes(status)) throw new StatusNotAllowed(this.status, status);
    this.status = status;
  }

  /** From whatever he was: somebody who is to be erased books nothing any more. */
  leave(): void {
    this.status = 'left';
  }

  /** Leaves a student whom nobody can tell from another. */
  erase(): void {
    Object.assign(this, unknownYet, { name: erasedText, email: this.erasedEmail });
  }

  /** @throws StudentErased */
  assertNotErased(): void {
    if (this.email === this.erasedEmail) throw new StudentErased();
  }

  private get erasedEmail(): string {
    return `erased-${this.id}@erased.invalid`;
  }
}
StudentSchema.setClass(Student);
