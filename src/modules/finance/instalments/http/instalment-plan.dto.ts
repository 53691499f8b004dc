import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { mostInstalments } from '../domain/due-dates.js';
import { type InstalmentPlanState, instalmentPlanStates } from '../domain/instalment-plan.js';
import { type InstalmentStanding, instalmentStandings } from '../domain/instalment-standing.js';
import { instalmentPlanList } from '../queries/instalment-plan-reader.js';
import { WishedInstalmentDto } from './instalment-wish.dto.js';

const amount = { amount: 200_000, currency: 'DKK' };

export class InstalmentPlanDraftDto {
  @MoneyField({ description: 'What is owed, VAT included.', example: { amount: 1_200_000, currency: 'DKK' } })
  total: MoneyDto;

  @ListField(() => WishedInstalmentDto, { description: 'What is to be paid when; in all the total.' })
  instalments: WishedInstalmentDto[];
}

export class InstalmentDto {
  @IdField({ description: 'Id of the instalment.' })
  id: Id;

  @IntField({ description: 'Which of the plan’s it is.', example: 1, min: 1, max: mostInstalments })
  position: number;

  @LocalDateField({ description: 'When it is due.', example: '2027-01-01' })
  dueOn: LocalDate;

  @MoneyField({ description: 'As agreed, VAT included.', example: amount })
  amount: MoneyDto;

  @MoneyField({
    description: 'What is still to be paid of it; less when something of it was cancelled.',
    example: amount,
  })
  outstanding: MoneyDto;

  @EnumField(instalmentStandings, {
    description:
      'Planned until it is invoiced; late when its day is over and it is not paid; cancelled when nothing of it is owed any more, or its plan ended before it was invoiced.',
    example: 'planned',
  })
  state: InstalmentStanding;

  @LocalDateField({ description: 'When it is to be invoiced; null once it is.', example: '2026-12-24', nullable: true })
  issueOn: LocalDate | null;

  @IdField({ description: 'Its invoice; null until it is issued.', nullable: true })
  invoiceId: Id | null;

  @LocalDateField({ description: 'When the saved card is tried next; null: not.', example: null, nullable: true })
  nextChargeOn: LocalDate | null;
}

export class InstalmentPlanDto {
  @IdField({ description: 'Id of the plan.' })
  id: Id;

  @IdField({ description: 'The student who pays.' })
  studentId: Id;

  @EnumField(instalmentPlanStates, { description: 'Active until somebody ends it.', example: 'active' })
  state: InstalmentPlanState;

  @MoneyField({ description: 'What was agreed, VAT included.', example: { amount: 1_200_000, currency: 'DKK' } })
  total: MoneyDto;

  @IntField({
    description: 'Days before the due date on which an instalment is invoiced.',
    example: 8,
    min: 0,
    max: 90,
  })
  issueDaysBefore: number;

  @BoolField({ description: 'Whether the student’s saved card is charged on the due date.', example: true })
  autoCharge: boolean;

  @IntField({
    description: 'After how many missed instalments the rest may be called in.',
    example: 2,
    min: 1,
    max: mostInstalments,
  })
  callInAfterMissed: number;

  @IdField({
    description: 'The invoice of the rest, when that was called in.',
    nullable: true,
  })
  restInvoiceId: Id | null;

  @InstantField({ description: 'When it began.', example: '2026-12-01T08:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When it was ended.', example: null, nullable: true })
  endedAt: Date | null;

  @ListField(() => InstalmentDto, { description: 'What is paid when.' })
  instalments: InstalmentDto[];
}

export class InstalmentPlanListQuery extends ListQuery(instalmentPlanList) {
  @IdField({ description: 'Plans of this student alone.', optional: true })
  studentId?: Id;

  @EnumField(instalmentPlanStates, { description: 'Plans in this state alone.', example: 'active', optional: true })
  state?: InstalmentPlanState;
}
