import {
  EnumField,
  IntField,
  ListField,
  LocalDateField,
  LocalTimeField,
  MoneyDto,
  MoneyField,
} from '../../../../platform/http/fields.js';
import { examKinds, type ExamKind } from '../domain/exam-state.js';

export class ExamFeeDto {
  @EnumField(examKinds, { description: 'Theory or practical.', example: 'practical', name: 'ExamKind' })
  kind: ExamKind;

  @LocalDateField({ description: 'Exams from this date on cost that.', example: '2026-01-01' })
  validFrom: string;

  @MoneyField({
    description: 'What the authorities take, in the school’s currency.',
    example: { amount: 63_000, currency: 'DKK' },
  })
  amount: MoneyDto;
}

export class ExamSettingsDto {
  @IntField({
    description: 'Cancelling an exam is free until so many working days before it.',
    example: 5,
    min: 1,
    max: 40,
  })
  deadlineWorkingDays: number;

  @LocalTimeField({ description: 'Until this time of that day.', example: '12:00' })
  deadlineTime: string;

  @IntField({
    description: 'A theory exam is possible so many days after a failed one; 0: on the same day.',
    example: 0,
    min: 0,
    max: 365,
  })
  theoryRetryDays: number;

  @IntField({ description: 'The same of practical exams.', example: 7, min: 0, max: 365 })
  practicalRetryDays: number;

  @ListField(() => ExamFeeDto, {
    description: 'What exams cost, each from a date on.',
    example: [{ kind: 'practical', validFrom: '2026-01-01', amount: { amount: 63_000, currency: 'DKK' } }],
    maxItems: 50,
  })
  fees: ExamFeeDto[];
}
