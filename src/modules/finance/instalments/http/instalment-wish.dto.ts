import {
  BoolField,
  IdField,
  IdListField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
} from '../../../../platform/http/fields.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { mostInstalments } from '../domain/due-dates.js';
import type { PlanWish } from '../queries/plan-draft.js';

const amount = { amount: 200_000, currency: 'DKK' };

export class WishedInstalmentDto {
  @MoneyField({ description: 'VAT included; above zero.', example: amount })
  amount: MoneyDto;

  @LocalDateField({ description: 'When it is due; later than the one before.', example: '2027-01-01' })
  dueOn: LocalDate;
}

export class DraftInstalmentPlanDto {
  @IdListField({
    description:
      'The open charges that are paid in instalments; all of the student’s when this and the package are left out.',
    minItems: 1,
    optional: true,
  })
  chargeIds?: Id[];

  @IdField({ description: 'Or what is open of this package.', optional: true })
  soldPackageId?: Id;

  @IntField({
    description: 'How many equal instalments, with the date of the first.',
    example: 6,
    min: 2,
    max: mostInstalments,
    optional: true,
  })
  count?: number;

  @LocalDateField({
    description: 'When the first is due, today at the earliest.',
    example: '2027-01-01',
    optional: true,
  })
  firstDueOn?: LocalDate;

  @IntField({
    description:
      'Weeks between two; when left out they come monthly, on the same day, or on the last of a month that is too short.',
    example: 4,
    min: 1,
    max: 12,
    optional: true,
  })
  everyWeeks?: number;

  @ListField(() => WishedInstalmentDto, {
    description: 'Or each instalment with its amount and date; in all what is owed.',
    minItems: 2,
    maxItems: mostInstalments,
    optional: true,
    example: [
      { amount, dueOn: '2027-01-01' },
      { amount, dueOn: '2027-02-01' },
    ],
  })
  instalments?: WishedInstalmentDto[];

  toWish(studentId: Id): PlanWish {
    const { chargeIds, soldPackageId, count, firstDueOn, everyWeeks, instalments } = this;
    return {
      studentId,
      chargeIds,
      soldPackageId,
      count,
      firstDueOn,
      everyWeeks,
      instalments: instalments?.map(({ amount: of, dueOn }) => ({ amount: Money.of(of.amount, of.currency), dueOn })),
    };
  }
}

export class StartInstalmentPlanDto extends DraftInstalmentPlanDto {
  @IntField({
    description: 'Days before the due date on which an instalment is invoiced.',
    example: 8,
    min: 0,
    max: 90,
    default: 8,
    optional: true,
  })
  issueDaysBefore: number = 8;

  @BoolField({
    description:
      'Whether the student’s saved card is charged on the due date, and again two and five days later where it is declined.',
    example: true,
    default: false,
    optional: true,
  })
  autoCharge: boolean = false;

  @IntField({
    description: 'After how many missed instalments the rest may be called in.',
    example: 2,
    min: 1,
    max: mostInstalments,
    default: 2,
    optional: true,
  })
  callInAfterMissed: number = 2;
}

export class MoveInstalmentDto {
  @LocalDateField({ description: 'When it is due instead.', example: '2027-02-15' })
  dueOn: LocalDate;
}

export class EndInstalmentPlanDto {
  @BoolField({
    description:
      'Whether the rest is called in: one invoice of all that is left, due today. Otherwise its charges are open as before.',
    example: false,
    default: false,
    optional: true,
  })
  callIn: boolean = false;
}
