import {
  EnumField,
  IdField,
  InstantField,
  IntField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { type DunningStepName, dunningStepNames } from '../domain/dunning-plan.js';
import { dunningPauseList } from '../queries/dunning-pauses.js';
import { dunningStepList } from '../queries/dunning-reader.js';

export class DunningSettingsDto {
  @IntField({
    description: 'Days after the due date until the friendly reminder; null: none.',
    example: 5,
    min: 0,
    max: 365,
    nullable: true,
  })
  reminderAfterDays: number | null;

  @IntField({
    description: 'Days after the due date until the first reminder with a fee, at the earliest; null: none.',
    example: 15,
    min: 0,
    max: 365,
    nullable: true,
  })
  feeAfterDays: number | null;

  @MoneyField({
    description: 'The fee of a reminder, without VAT; at most what the law allows.',
    example: { amount: 10_000, currency: 'DKK' },
  })
  fee: MoneyDto;

  @IntField({ description: 'How many reminders with a fee there are.', example: 3, min: 0, max: 3 })
  feeReminders: number;

  @IntField({ description: 'Days between two reminders, at least what the law wants.', example: 10, min: 1, max: 365 })
  daysBetween: number;

  @IntField({
    description: 'Days after the due date until the student cannot book before he has paid; null: never.',
    example: 30,
    min: 0,
    max: 365,
    nullable: true,
  })
  stopAfterDays: number | null;
}

export class DunningStepListQuery extends ListQuery(dunningStepList) {
  @IdField({ description: 'Steps for this invoice alone.', optional: true })
  invoiceId?: Id;

  @IdField({ description: 'Steps towards this student alone.', optional: true })
  studentId?: Id;
}

export class DunningStepDto {
  @IdField({ description: 'Id of the step.' })
  id: Id;

  @IdField({ description: 'The invoice that was not paid.' })
  invoiceId: Id;

  @IdField({ description: 'The student.' })
  studentId: Id;

  @EnumField(dunningStepNames, { description: 'What was done.', example: 'fee_1' })
  step: DunningStepName;

  @LocalDateField({ description: 'When.', example: '2026-12-20' })
  takenOn: string;

  @IdField({ description: 'The invoice of its fee; null when there is none.', nullable: true })
  feeInvoiceId: Id | null;
}

export class PauseDunningDto {
  @IdField({ description: 'Whose reminders rest.' })
  studentId: Id;

  @IdField({ description: 'Those of this invoice alone; all of the student’s when left out.', optional: true })
  invoiceId?: Id;

  @TextField({ description: 'Why.', example: 'Aftale om betaling den 1.' })
  reason: string;

  @LocalDateField({
    description: 'The last day; until somebody ends it when left out.',
    example: '2026-12-31',
    optional: true,
  })
  untilDate?: string;
}

export class DunningPauseListQuery extends ListQuery(dunningPauseList) {
  @IdField({ description: 'Pauses of this student alone.', optional: true })
  studentId?: Id;
}

export class DunningPauseDto {
  @IdField({ description: 'Id of the pause.' })
  id: Id;

  @IdField({ description: 'Whose reminders rest.' })
  studentId: Id;

  @IdField({ description: 'Those of this invoice alone; null: all of the student’s.', nullable: true })
  invoiceId: Id | null;

  @TextField({ description: 'Why.', example: 'Aftale om betaling den 1.' })
  reason: string;

  @LocalDateField({ description: 'The last day; null: until somebody ends it.', example: '2026-12-31', nullable: true })
  untilDate: string | null;

  @InstantField({ description: 'When it began.', example: '2026-12-01T08:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When somebody ended it.', example: '2026-12-10T08:00:00.000Z', nullable: true })
  endedAt: Date | null;
}
