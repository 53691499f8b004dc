import { OmitType } from '@nestjs/swagger';
import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../../../schools/index.js';
import { PartyDto } from '../../http/booking.dto.js';
import {
  examKinds,
  examResults,
  examStates,
  feeStatuses,
  type ExamKind,
  type ExamResult,
  type ExamState,
  type FeeStatus,
} from '../domain/exam-state.js';
import { examList } from '../queries/exam-reader.js';

const fee = { amount: 63_000, currency: 'DKK' };

export class MoveExamDto {
  @InstantField({ description: 'When it starts now.', example: '2026-12-08T09:10:00+01:00' })
  startsAt: Date;

  @IntField({ description: 'How long it lasts; left out: as before.', example: 45, min: 10, max: 240, optional: true })
  minutes?: number;

  @IntField({
    description: 'Busy minutes before it, for teacher and vehicle: the way there. Left out: as before.',
    example: 30,
    min: 0,
    max: 240,
    optional: true,
  })
  setupMinutes?: number;

  @IntField({
    description: 'Busy minutes after it, for teacher and vehicle. Left out: as before.',
    example: 30,
    min: 0,
    max: 240,
    optional: true,
  })
  bufferMinutes?: number;

  @TextField({ description: 'Where; left out: as before.', example: 'Prøvestedet i Herlev', max: 160, optional: true })
  place?: string;

  @IdField({ description: 'With this teacher; left out: the same.', optional: true })
  teacherId?: Id;

  @IdField({
    description: 'In this vehicle; left out: the same; null: in none of the school’s.',
    optional: true,
    nullable: true,
  })
  vehicleId?: Id | null;
}

export class PlanExamDto {
  @IdField({ description: 'Whose exam it is.' })
  studentId: Id;

  @EnumField(examKinds, { description: 'Theory or practical.', example: 'practical', name: 'ExamKind' })
  kind: ExamKind;

  @EnumField(licenceClasses, {
    description: 'The licence category; the student’s when left out.',
    example: 'B',
    optional: true,
  })
  licenceClass?: LicenceClass;

  @InstantField({ description: 'When it starts.', example: '2026-12-01T09:10:00+01:00' })
  startsAt: Date;

  @IntField({ description: 'How long it lasts.', example: 45, min: 10, max: 240 })
  minutes: number;

  @IntField({
    description: 'Busy minutes before it, for teacher and vehicle: the way there.',
    example: 30,
    min: 0,
    max: 240,
    optional: true,
  })
  setupMinutes?: number;

  @IntField({
    description: 'Busy minutes after it, for teacher and vehicle.',
    example: 30,
    min: 0,
    max: 240,
    optional: true,
  })
  bufferMinutes?: number;

  @TextField({ description: 'Where, as the authorities call the place.', example: 'Prøvestedet i Herlev', max: 160 })
  place: string;

  @IdField({ description: 'The teacher who comes along; of a practical exam alone, and needed there.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'The school’s vehicle; of a practical exam alone.', optional: true })
  vehicleId?: Id;

  @MoneyField({
    description: 'What the authorities take for it; left out: what the exam settings say for its date.',
    example: fee,
    optional: true,
  })
  fee?: MoneyDto;

  @EnumField(feeStatuses, {
    description: 'Whether that is paid; unpaid when left out.',
    example: 'paid',
    name: 'ExamFeeStatus',
    optional: true,
  })
  feeStatus?: FeeStatus;
}

export class UpdateExamDto {
  @TextField({ description: 'Where.', example: 'Prøvestedet i Herlev', max: 160, optional: true })
  place?: string;

  @TextField({
    description: 'What is to be remembered of it, for staff alone; null removes it.',
    example: 'Dumpet i rundkørsel',
    max: 500,
    optional: true,
    nullable: true,
  })
  note?: string | null;

  @MoneyField({ description: 'What the authorities take for it.', example: fee, optional: true })
  fee?: MoneyDto;

  @EnumField(feeStatuses, {
    description: 'Whether that is paid, or was paid back.',
    example: 'refunded',
    name: 'ExamFeeStatus',
    optional: true,
  })
  feeStatus?: FeeStatus;
}

export class CancelExamDto {
  @TextField({ description: 'Why; shown to the student.', example: 'Eleven er ikke klar', max: 500, optional: true })
  reason?: string;
}

export class ReportExamDto {
  @EnumField(examResults, { description: 'How it went.', example: 'passed', name: 'ExamResult' })
  result: ExamResult;

  @TextField({
    description: 'What is to be remembered of it, for staff alone.',
    example: 'Dumpet i rundkørsel',
    max: 500,
    optional: true,
  })
  note?: string;
}

export class ExamListQuery extends ListQuery(examList) {
  @LocalDateField({ description: 'First date; today when left out.', example: '2026-12-01', optional: true })
  from?: string;

  @LocalDateField({
    description: 'The date after the last one; 180 days after the first when left out, 366 at most.',
    example: '2027-06-01',
    optional: true,
  })
  until?: string;

  @IdField({
    description: 'This student’s alone. Students see their own in any case, guardians their wards’.',
    optional: true,
  })
  studentId?: Id;

  @IdField({ description: 'This teacher’s alone.', optional: true })
  teacherId?: Id;

  @EnumField(examKinds, { description: 'Of this kind alone.', example: 'practical', name: 'ExamKind', optional: true })
  kind?: ExamKind;

  @EnumField(examStates, { description: 'In this state alone.', example: 'planned', name: 'ExamState', optional: true })
  state?: ExamState;

  @EnumField(feeStatuses, {
    description: 'Whose fee is in this state alone.',
    example: 'unpaid',
    name: 'ExamFeeStatus',
    optional: true,
  })
  feeStatus?: FeeStatus;
}

export class ExamDto extends OmitType(PlanExamDto, [
  'studentId',
  'teacherId',
  'vehicleId',
  'licenceClass',
  'minutes',
  'setupMinutes',
  'bufferMinutes',
  'fee',
  'feeStatus',
]) {
  @IdField({ description: 'Id of the exam.' })
  id: Id;

  @EnumField(examStates, { description: 'Where it stands.', example: 'planned', name: 'ExamState' })
  state: ExamState;

  @EnumField(licenceClasses, { description: 'The licence category.', example: 'B' })
  licenceClass: LicenceClass;

  @InstantField({ description: 'When it ends.', example: '2026-12-01T08:55:00.000Z' })
  endsAt: Date;

  @IntField({ description: 'Busy minutes before it.', example: 30, min: 0, max: 240 })
  setupMinutes: number;

  @IntField({ description: 'Busy minutes after it.', example: 30, min: 0, max: 240 })
  bufferMinutes: number;

  @MoneyField({ description: 'What the authorities take for it.', example: fee })
  fee: MoneyDto;

  @EnumField(feeStatuses, { description: 'Whether that is paid.', example: 'paid', name: 'ExamFeeStatus' })
  feeStatus: FeeStatus;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @NestedField(() => PartyDto, { description: 'The teacher; null for theory.', nullable: true })
  teacher: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'The vehicle; null when none of the school’s is used.', nullable: true })
  vehicle: PartyDto | null;

  @InstantField({
    description: 'Up to and including this time cancelling it is free.',
    example: '2026-11-24T11:00:00.000Z',
  })
  cancelBy: Date;

  @BoolField({
    description: 'Whether it was cancelled by then; null when it was not cancelled.',
    example: null,
    nullable: true,
  })
  cancelledInTime: boolean | null;

  @TextField({
    description: 'What is to be remembered of it; null to students and guardians.',
    example: null,
    max: 500,
    nullable: true,
  })
  note: string | null;

  @InstantField({ description: 'When its result was written down; null before.', example: null, nullable: true })
  reportedAt: Date | null;

  @InstantField({ description: 'When it was cancelled; null when it was not.', example: null, nullable: true })
  cancelledAt: Date | null;

  @TextField({ description: 'Why it was cancelled.', example: null, max: 500, nullable: true })
  cancelReason: string | null;

  @InstantField({ description: 'When it was written into the diary.', example: '2026-11-21T10:00:00.000Z' })
  createdAt: Date;
}
