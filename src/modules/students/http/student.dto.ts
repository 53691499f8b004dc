import { OmitType } from '@nestjs/swagger';
import { ChangeOf } from '../../../platform/http/change-of.js';
import {
  EmailField,
  EnumField,
  IdField,
  InstantField,
  LocalDateField,
  PhoneField,
  TextField,
} from '../../../platform/http/fields.js';
import { type Language, languages } from '../../../platform/http/language.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../../schools/index.js';
import { studentStatuses, type StudentStatus } from '../domain/student-status.js';
import { studentList } from '../queries/student-list.js';

export class EnrolStudentDto {
  @TextField({ description: 'Full name.', example: 'Freja Lund', max: 120 })
  name: string;

  @EmailField({ description: 'Where the invitation goes; also the login.', example: 'freja@example.com' })
  email: string;

  @PhoneField({ description: 'Mobile number, for reminders.', example: '+4520123458', optional: true, nullable: true })
  phone?: string | null;

  @LocalDateField({
    description: 'Date of birth. Never a CPR number.',
    example: '2009-03-14',
    optional: true,
    nullable: true,
  })
  birthDate?: string | null;

  @EnumField(licenceClasses, { description: 'The licence category the student is after.', example: 'B' })
  licenceClass: LicenceClass;

  @TextField({
    description: 'Street and number.',
    example: 'Sundkrogsgade 7',
    max: 160,
    optional: true,
    nullable: true,
  })
  addressLine?: string | null;

  @TextField({ description: 'Postal code.', example: '2150', max: 10, optional: true, nullable: true })
  postcode?: string | null;

  @TextField({ description: 'City.', example: 'Nordhavn', max: 80, optional: true, nullable: true })
  city?: string | null;
}

export class UpdateStudentDto extends ChangeOf(OmitType(EnrolStudentDto, ['email'])) {
  @EnumField(studentStatuses, { description: 'Only active students book.', example: 'paused', optional: true })
  status?: StudentStatus;
}

export class StudentListQuery extends ListQuery(studentList) {
  @TextField({
    description:
      'Words of the student, or how they begin: of the name, of the e-mail address, the phone number in any notation, the ' +
      'postal code. All of them must fit. What is found comes in the order of the words.',
    example: 'freja lu',
    max: 100,
    optional: true,
  })
  q?: string;

  @EnumField(studentStatuses, { description: 'Students of that status only.', example: 'active', optional: true })
  status?: StudentStatus;

  @EnumField(licenceClasses, { description: 'Students after that category only.', example: 'B', optional: true })
  licenceClass?: LicenceClass;

  @InstantField({
    description: 'Students who were enrolled then or later, in that order.',
    example: '2026-01-01T00:00:00+01:00',
    optional: true,
  })
  enrolledFrom?: Date;

  @InstantField({
    description: 'Students who were enrolled before, in that order.',
    example: '2027-01-01T00:00:00+01:00',
    optional: true,
  })
  enrolledBefore?: Date;
}

export class StudentExportQuery {
  @EnumField(studentStatuses, { description: 'Students of that status only.', example: 'active', optional: true })
  status?: StudentStatus;

  @EnumField(languages, {
    description:
      'Whose spreadsheets are to read it: da has semicolons and dates such as 14-03-2009; else as Accept-Language.',
    example: 'da',
    optional: true,
  })
  language?: Language;
}

export class StudentDto {
  @IdField({ description: 'Id of the student.' })
  id: Id;

  @TextField({ description: 'Full name.', example: 'Freja Lund' })
  name: string;

  @EmailField({ description: 'E-mail address, also the login.', example: 'freja@example.com' })
  email: string;

  @PhoneField({ description: 'Mobile number.', example: '+4520123458', nullable: true })
  phone: string | null;

  @LocalDateField({ description: 'Date of birth.', example: '2009-03-14', nullable: true })
  birthDate: string | null;

  @EnumField(licenceClasses, { description: 'The licence category the student is after.', example: 'B' })
  licenceClass: LicenceClass;

  @EnumField(studentStatuses, { description: 'Only active students book.', example: 'active' })
  status: StudentStatus;

  @TextField({ description: 'Street and number.', example: 'Sundkrogsgade 7', nullable: true })
  addressLine: string | null;

  @TextField({ description: 'Postal code.', example: '2150', nullable: true })
  postcode: string | null;

  @TextField({ description: 'City.', example: 'Nordhavn', nullable: true })
  city: string | null;

  @InstantField({ description: 'When the student was enrolled.', example: '2026-11-01T09:00:00.000Z' })
  createdAt: Date;
}

export class StudentSummaryDto extends OmitType(StudentDto, ['birthDate', 'addressLine', 'postcode', 'city']) {}
