import { PartialType, PickType } from '@nestjs/swagger';
import {
  BoolField,
  EmailField,
  EnumField,
  IdField,
  IdListField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  NestedField,
  PhoneField,
  TextField,
} from '../../../../platform/http/fields.js';
import { type Language, languages } from '../../../../platform/http/language.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { partnerNames } from '../../../identity/index.js';
import { licenceClasses, type LicenceClass } from '../../../schools/index.js';
import { studentStatuses, type StudentStatus } from '../../domain/student-status.js';
import { EnrolStudentDto } from '../../http/student.dto.js';
import {
  leadKinds,
  type LeadKind,
  type LeadSource,
  type LeadState,
  leadStates,
  mostMessage,
  ownLeadSources,
  type OwnLeadSource,
  type RejectReason,
  rejectReasons,
} from '../domain/lead.js';
import type { LeadMatch } from '../queries/lead-matches.js';
import { leadList } from '../queries/lead-reader.js';

const sources = [...ownLeadSources, ...partnerNames];
const allReasons = [...rejectReasons, 'erased', 'expired'] as const;

export class LeadConsentDto {
  @TextField({
    description: 'What the person agreed to, in the words that he was shown.',
    example: 'Skolen må kontakte mig om min henvendelse.',
    max: 1000,
  })
  text: string;

  @InstantField({ description: 'When he agreed.', example: '2026-12-01T09:00:00Z' })
  givenAt: Date;
}

export class AddLeadDto {
  @EnumField(ownLeadSources, { description: 'How the person came to the school.', example: 'phone' })
  source: OwnLeadSource;

  @EnumField(leadKinds, {
    description: 'Whether he asks, or wants to begin.',
    example: 'enquiry',
    optional: true,
    default: 'enquiry',
  })
  kind: LeadKind = 'enquiry';

  @TextField({ description: 'Full name.', example: 'Freja Lund', max: 120 })
  name: string;

  @EmailField({ description: 'E-mail address.', example: 'freja@example.com', optional: true, nullable: true })
  email?: string | null;

  @PhoneField({ description: 'Mobile number.', example: '+4520123458', optional: true, nullable: true })
  phone?: string | null;

  @LocalDateField({ description: 'Date of birth.', example: '2009-03-14', optional: true, nullable: true })
  birthDate?: string | null;

  @EnumField(licenceClasses, {
    description: 'The licence category that he is after.',
    example: 'B',
    optional: true,
    nullable: true,
  })
  licenceClass?: LicenceClass | null;

  @IdField({ description: 'The branch that he asks.', optional: true, nullable: true })
  locationId?: Id | null;

  @TextField({
    description: 'What he wants to know.',
    example: 'Hvornår begynder næste hold?',
    max: mostMessage,
    optional: true,
    nullable: true,
  })
  message?: string | null;
}

export class LeadListQuery extends ListQuery(leadList) {
  @EnumField(leadStates, { description: 'Leads of that state only.', example: 'new', optional: true })
  state?: LeadState;

  @EnumField(sources, { description: 'Leads from there only.', example: 'findkoreskole', optional: true })
  source?: LeadSource;

  @IdField({ description: 'Leads for that branch only.', optional: true })
  locationId?: Id;

  @IdField({ description: 'Leads that this person looks after only.', optional: true })
  assignedTo?: Id;
}

export class AssignLeadDto {
  @IdField({ description: 'The person of the school who looks after it; null: nobody.', nullable: true })
  userId: Id | null;
}

export class RejectLeadDto {
  @EnumField(rejectReasons, { description: 'Why nothing comes of it.', example: 'not_interested' })
  reason: RejectReason;
}

export class ConvertLeadDto extends PartialType(EnrolStudentDto) {
  @IdField({ description: 'The student who he is already; nobody is enrolled then.', optional: true })
  studentId?: Id;

  @BoolField({ description: 'Whether he is invited by e-mail to set a password.', example: true, optional: true })
  invite?: boolean;
}

export class LeadSummaryDto {
  @IdField({ description: 'Id of the lead.' })
  id: Id;

  @EnumField(sources, { description: 'Where it came from.', example: 'findkoreskole' })
  source: LeadSource;

  @EnumField(leadKinds, { description: 'Whether he asks, or wants to begin.', example: 'enquiry' })
  kind: LeadKind;

  @EnumField(leadStates, { description: 'How it stands.', example: 'new' })
  state: LeadState;

  @IdField({ description: 'The branch that he asks.', nullable: true })
  locationId: Id | null;

  @TextField({ description: 'Full name; a dash once it is erased.', example: 'Freja Lund' })
  name: string;

  @TextField({ description: 'E-mail address.', example: 'freja@example.com', nullable: true })
  email: string | null;

  @TextField({ description: 'Phone number.', example: '+4520123458', nullable: true })
  phone: string | null;

  @EnumField(licenceClasses, { description: 'The category that he is after.', example: 'B', nullable: true })
  licenceClass: LicenceClass | null;

  @IdField({ description: 'A student who had the same address or number when it came in.', nullable: true })
  matchedStudentId: Id | null;

  @IdField({ description: 'The lead that the same person had open already, by address or number.', nullable: true })
  duplicateOfId: Id | null;

  @IdField({ description: 'The person of the school who looks after it.', nullable: true })
  assignedTo: Id | null;

  @InstantField({ description: 'When it came in.', example: '2026-12-01T09:00:00Z' })
  receivedAt: Date;

  @InstantField({ description: 'When the owners were told that nobody had touched it.', example: null, nullable: true })
  escalatedAt: Date | null;

  @InstantField({ description: 'When somebody had spoken to him.', example: '2026-12-01T10:00:00Z', nullable: true })
  contactedAt: Date | null;

  @InstantField({ description: 'When it was converted or rejected.', example: null, nullable: true })
  closedAt: Date | null;
}

export class LeadMatchDto implements LeadMatch {
  @IdField({ description: 'Id of the student.' })
  studentId: Id;

  @TextField({ description: 'Full name.', example: 'Freja Lund' })
  name: string;

  @EnumField(studentStatuses, { description: 'How the student stands.', example: 'active' })
  status: StudentStatus;

  @EnumField(['email', 'phone'], { description: 'What is the same.', example: 'email' })
  by: 'email' | 'phone';
}

export class LeadDto extends LeadSummaryDto {
  @LocalDateField({ description: 'Date of birth.', example: '2009-03-14', nullable: true })
  birthDate: string | null;

  @TextField({ description: 'What he wants to know.', example: 'Hvornår begynder næste hold?', nullable: true })
  message: string | null;

  @NestedField(() => LeadConsentDto, { description: 'What he agreed to.', nullable: true })
  consent: LeadConsentDto | null;

  @EnumField(allReasons, {
    description: 'Why nothing came of it; `erased` and `expired`: what it said of the person is gone.',
    example: null,
    nullable: true,
  })
  rejectReason: RejectReason | null;

  @IdField({ description: 'The student who he became.', nullable: true })
  studentId: Id | null;

  @IdField({ description: 'Of the person or key that moved it last.', nullable: true })
  handledBy: Id | null;

  @InstantField({ description: 'When what it said of the person was erased.', example: null, nullable: true })
  erasedAt: Date | null;

  @ListField(() => LeadMatchDto, { description: 'Students who have the address or the number today.' })
  matches: LeadMatchDto[];

  @IdListField({ description: 'Leads of the same person that came in while this one was open.', maxItems: 50 })
  duplicateIds: Id[];
}

export class LeadReportQuery {
  @LocalDateField({ description: 'The first day on which leads came in.', example: '2026-01-01' })
  from: string;

  @LocalDateField({ description: 'The last day.', example: '2026-12-31' })
  until: string;
}

export class LeadReportFileQuery extends PickType(LeadReportQuery, ['from', 'until']) {
  @EnumField(languages, {
    description: 'Whose spreadsheets are to read it; else as Accept-Language.',
    example: 'da',
    optional: true,
  })
  language?: Language;
}

const number = { example: 12, min: 0, max: 2_147_483_647 };

export class LeadConversionDto {
  @EnumField(sources, { description: 'Where they came from.', example: 'findkoreskole' })
  source: LeadSource;

  @IntField({ description: 'How many came in.', ...number })
  received: number;

  @IntField({ description: 'How many of them nobody has touched yet.', ...number })
  waiting: number;

  @IntField({ description: 'How many have been spoken to and are open.', ...number })
  contacted: number;

  @IntField({ description: 'How many became students.', ...number })
  converted: number;

  @IntField({ description: 'Of how many nothing came.', ...number })
  rejected: number;

  @IntField({ description: 'How many nobody touched in time.', ...number })
  escalated: number;

  @IntField({
    description: 'Converted of those received, in hundredths of a percent.',
    example: 2500,
    min: 0,
    max: 10000,
  })
  conversionBp: number;
}
