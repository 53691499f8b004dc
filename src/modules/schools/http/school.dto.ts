import { OmitType } from '@nestjs/swagger';
import { ChangeOf } from '../../../platform/http/change-of.js';
import {
  EmailField,
  EnumListField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  IntListField,
  LocalTimeField,
  NestedField,
  PhoneField,
  TextField,
} from '../../../platform/http/fields.js';
import type { Id } from '../../../platform/values/id.js';
import { locales, type Locale } from '../domain/school.js';
import { type CustomaryHoliday, customaryHolidays } from '../domain/working-days.js';
import { longestLead, mostLeads, shortestLead } from '../domain/reminder-leads.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import { schoolList } from '../queries/school-reader.js';

export class SchoolOwnerDto {
  @EmailField({ description: 'Where the invitation goes; also the login.', example: 'owner@nordhavn.example' })
  email: string;

  @TextField({ description: 'Full name.', example: 'Mette Holm', max: 120 })
  name: string;

  @PhoneField({ description: 'Mobile number.', example: '+4520123456', optional: true })
  phone?: string;
}

const leads = { example: [1440, 120], maxItems: mostLeads, min: shortestLead, max: longestLead };

export class SchoolDetailsDto {
  @TextField({ description: 'Name as on invoices.', example: 'Nordhavn Køreskole', max: 120 })
  name: string;

  @TextField({ description: 'CVR number: eight digits with a valid check digit.', example: '12345674', min: 8, max: 8 })
  cvr: string;

  @EmailField({ description: 'Where students write to.', example: 'hej@nordhavn.example' })
  email: string;

  @PhoneField({ description: 'Where students call.', example: '+4533112233' })
  phone: string;

  @TextField({ description: 'Street and number.', example: 'Århusgade 88', max: 160 })
  addressLine: string;

  @TextField({ description: 'Postal code.', example: '2150', max: 10 })
  postcode: string;

  @TextField({ description: 'City.', example: 'Nordhavn', max: 80 })
  city: string;

  @EnumField(locales, { description: 'Language of messages to people who have not chosen one.', example: 'da' })
  locale: Locale;

  @IntListField({
    description: 'How many minutes before a lesson students are reminded of it.',
    ...leads,
    optional: true,
  })
  lessonReminders?: number[];

  @IntListField({ description: 'The same of theory classes.', ...leads, optional: true })
  classReminders?: number[];

  @IntListField({ description: 'The same of exams.', ...leads, optional: true })
  examReminders?: number[];

  @IntField({
    description:
      'After how many hours owners are told of a lead that nobody has touched; null: as the installation has it.',
    example: 4,
    min: 1,
    max: 720,
    optional: true,
    nullable: true,
  })
  leadEscalationHours?: number | null;

  @LocalTimeField({
    description:
      'When teachers get the list of their next day by e-mail, in the school’s zone; null: not at all. 18:00 unless told otherwise.',
    example: '18:00',
    optional: true,
    nullable: true,
  })
  teacherDigestTime?: string | null;

  @LocalTimeField({
    description:
      'From this time, by the clock of whoever reads, text messages wait that are not urgent. 21:00 unless the school says otherwise; the same as `quietUntil`: they never wait.',
    example: '21:00',
    optional: true,
  })
  quietFrom?: string;

  @LocalTimeField({
    description: 'Until when they wait. 08:00 unless the school says otherwise.',
    example: '08:00',
    optional: true,
  })
  quietUntil?: string;

  @EnumListField(customaryHolidays, {
    description:
      'Days on which the school is closed besides weekends and public holidays: where notice is counted in working days, they do not count.',
    example: ['christmas_eve'],
    maxItems: 4,
    optional: true,
  })
  keptHolidays?: CustomaryHoliday[];
}

export class CreateSchoolDto extends SchoolDetailsDto {
  @TextField({
    description: 'Short name in addresses: lower-case letters, digits, dashes. Unique.',
    example: 'nordhavn',
    min: 2,
    max: 60,
  })
  slug: string;

  @NestedField(() => SchoolOwnerDto, { description: 'The first owner, who is invited by e-mail.' })
  owner: SchoolOwnerDto;
}

export class UpdateSchoolDto extends ChangeOf(SchoolDetailsDto) {}

export class SchoolDto extends OmitType(SchoolDetailsDto, [
  'keptHolidays',
  'lessonReminders',
  'classReminders',
  'examReminders',
  'teacherDigestTime',
  'quietFrom',
  'quietUntil',
  'leadEscalationHours',
]) {
  @IdField({ description: 'Id of the school.' })
  id: Id;

  @TextField({ description: 'Short name in addresses.', example: 'nordhavn' })
  slug: string;

  @TextField({ description: 'IANA time zone of the diary.', example: 'Europe/Copenhagen' })
  zone: string;

  @TextField({ description: 'ISO 4217 currency of all prices.', example: 'DKK' })
  currency: string;

  @IntListField({ description: 'How many minutes before a lesson students are reminded of it.', ...leads })
  lessonReminders: number[];

  @IntListField({ description: 'The same of theory classes.', ...leads })
  classReminders: number[];

  @IntListField({ description: 'The same of exams.', ...leads })
  examReminders: number[];

  @IntField({
    description:
      'After how many hours owners are told of a lead that nobody has touched; null: as the installation has it.',
    example: 4,
    min: 1,
    max: 720,
    nullable: true,
  })
  leadEscalationHours: number | null;

  @LocalTimeField({
    description: 'When teachers get the list of their next day by e-mail, in the school’s zone; null: not at all.',
    example: '18:00',
    nullable: true,
  })
  teacherDigestTime: string | null;
  @LocalTimeField({ description: 'From when text messages wait that are not urgent.', example: '21:00' })
  quietFrom: string;
  @LocalTimeField({ description: 'Until when they wait.', example: '08:00' })
  quietUntil: string;

  @EnumListField(customaryHolidays, {
    description: 'Days on which the school is closed besides weekends and public holidays.',
    example: ['christmas_eve'],
    maxItems: 4,
  })
  keptHolidays: CustomaryHoliday[];

  @InstantField({ description: 'When the school was opened.', example: '2026-11-01T09:00:00.000Z' })
  createdAt: Date;
}

export class SchoolSummaryDto extends OmitType(SchoolDto, [
  'cvr',
  'email',
  'phone',
  'addressLine',
  'postcode',
  'locale',
  'lessonReminders',
  'classReminders',
  'examReminders',
  'teacherDigestTime',
  'quietFrom',
  'quietUntil',
  'leadEscalationHours',
  'keptHolidays',
  'zone',
  'currency',
]) {}

export class SchoolListQuery extends ListQuery(schoolList) {}
