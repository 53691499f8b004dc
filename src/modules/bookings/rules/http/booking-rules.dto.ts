import {
  BoolField,
  EnumField,
  IntField,
  LocalDateField,
  MoneyDto,
  MoneyField,
} from '../../../../platform/http/fields.js';
import { prepayments, type Prepayment } from '../domain/settings.js';

const perDay = { min: 0, max: 50, example: 2, nullable: true } as const;
const perWeek = { min: 0, max: 200, example: 5, nullable: true } as const;
const days = { min: 1, max: 400, example: 60, nullable: true } as const;
const minutes = { min: 0, max: 43_200, example: 720 } as const;

export class BookingSettingsDto {
  @BoolField({
    description: 'Whether students book for themselves where nothing else is said of one.',
    example: true,
  })
  studentsBook: boolean;

  @IntField({ description: 'Lessons are booked at least so many minutes before.', ...minutes })
  noticeMinutes: number;

  @IntField({ description: 'Lessons are booked at most so many days ahead; null: 400.', ...days })
  horizonDays: number | null;

  @IntField({
    description: 'So many lessons of all types a student has on one day at most; null: any number.',
    ...perDay,
  })
  maxPerDay: number | null;

  @IntField({ description: 'And in one week from Monday; null: any number.', ...perWeek })
  maxPerWeek: number | null;

  @MoneyField({
    description: 'Who has more than this overdue books no more; null: it does not matter.',
    nullable: true,
    example: { amount: 50_000, currency: 'DKK' },
  })
  arrearsLimit: MoneyDto | null;

  @IntField({ description: 'A time waits so many minutes for its prepayment.', example: 30, min: 5, max: 10_080 })
  holdMinutes: number;
}

export class LessonTypeRulesDto {
  @IntField({
    description: 'Booked at least so many minutes before; null: as the school has it.',
    ...minutes,
    nullable: true,
  })
  noticeMinutes: number | null;

  @IntField({ description: 'Booked at most so many days ahead; null: as the school has it.', ...days })
  horizonDays: number | null;

  @IntField({
    description:
      'So many lessons of this type a student has on one day at most, beside what the school says; null: any number.',
    ...perDay,
  })
  maxPerDay: number | null;

  @IntField({ description: 'And in one week from Monday; null: any number.', ...perWeek })
  maxPerWeek: number | null;

  @EnumField(prepayments, {
    description:
      'What a student pays before the lesson is booked: nothing, a deposit or all of it. Until then the time is held.',
    example: 'deposit',
  })
  prepayment: Prepayment;

  @MoneyField({
    description: 'How much, VAT included, with `prepayment: deposit`; else null.',
    nullable: true,
    example: { amount: 20_000, currency: 'DKK' },
  })
  deposit: MoneyDto | null;

  @IntField({
    description:
      'So much of the theory, in percent, a student has done before; 100: all of it. Null: it does not matter; left out: as it ' +
      'was. Rests while the school uses no theory platform.',
    example: 50,
    min: 1,
    max: 100,
    nullable: true,
    optional: true,
  })
  theoryPercent?: number | null;
}

export class StudentBookingRulesDto {
  @BoolField({
    description:
      'Whether he may be booked lessons; null: as the school has it. False binds staff too, unless they say why not.',
    example: true,
    nullable: true,
  })
  open: boolean | null;

  @LocalDateField({
    description: 'The last date on which he may book; null: no end.',
    example: '2027-06-30',
    nullable: true,
  })
  openUntil: string | null;

  @IntField({ description: 'So many lessons of all types on one day at most; null: as the school has it.', ...perDay })
  maxPerDay: number | null;

  @IntField({ description: 'And in one week from Monday; null: as the school has it.', ...perWeek })
  maxPerWeek: number | null;
}
