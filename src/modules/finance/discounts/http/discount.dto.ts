import {
  BoolField,
  EnumField,
  IdField,
  IntField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { discountKinds, type DiscountKind } from '../domain/discount.js';
import { discountList } from '../queries/discount-reader.js';
import type { NewDiscount } from '../use-cases/keep-discounts.js';

const most = 1_000_000;
const off = { amount: 10_000, currency: 'DKK' };

export class AddDiscountDto {
  @TextField({ description: 'What is typed, in capitals or not; unique in the school.', example: 'SOMMER10', max: 40 })
  code: string;

  @EnumField(discountKinds, { description: 'Whether it is a part of the price or an amount.', example: 'percentage' })
  kind: DiscountKind;

  @IntField({
    description: 'Of a percentage, in basis points: 1000 is 10 %.',
    example: 1000,
    min: 1,
    max: 10_000,
    optional: true,
    nullable: true,
  })
  percentBp?: number | null;

  @MoneyField({
    description: 'Of an amount: VAT included, in the school’s currency, above zero.',
    example: off,
    optional: true,
    nullable: true,
  })
  amount?: MoneyDto | null;

  @LocalDateField({ description: 'The first day on which it is given.', example: '2027-06-01' })
  validFrom: LocalDate;

  @LocalDateField({ description: 'The last day.', example: '2027-08-31', optional: true, nullable: true })
  validUntil?: LocalDate | null;

  @IntField({
    description: 'How often it is given in all; as often as asked for when left out.',
    example: 100,
    min: 1,
    max: most,
    optional: true,
    nullable: true,
  })
  maxUses?: number | null;

  @IntField({
    description: 'How often each student is given it.',
    example: 1,
    min: 1,
    max: most,
    optional: true,
    nullable: true,
  })
  maxUsesPerStudent?: number | null;

  @IdField({
    description: 'The one product that it is given on; anything when left out.',
    optional: true,
    nullable: true,
  })
  productId?: Id | null;

  toCommand(): NewDiscount {
    const { code, kind, percentBp = null, amount, validFrom, validUntil = null } = this;
    const { maxUses = null, maxUsesPerStudent = null, productId = null } = this;
    const worth = { kind, percentBp, amount: amount ? Money.of(amount.amount, amount.currency) : null };
    return { code, ...worth, validFrom, validUntil, maxUses, maxUsesPerStudent, productId };
  }
}

export class DiscountListQuery extends ListQuery(discountList) {
  @BoolField({ description: 'Only those no longer given, or only those that are.', example: false, optional: true })
  archived?: boolean;
}

export class DiscountDto {
  @IdField({ description: 'Id of the discount.' })
  id: Id;

  @TextField({ description: 'What is typed, in capitals or not.', example: 'SOMMER10', max: 40 })
  code: string;

  @EnumField(discountKinds, { description: 'Whether it is a part of the price or an amount.', example: 'percentage' })
  kind: DiscountKind;

  @IntField({ description: 'Of a percentage, in basis points.', example: 1000, min: 1, max: 10_000, nullable: true })
  percentBp: number | null;

  @MoneyField({ description: 'Of an amount, VAT included.', example: off, nullable: true })
  amount: MoneyDto | null;

  @LocalDateField({ description: 'The first day on which it is given.', example: '2027-06-01' })
  validFrom: LocalDate;

  @LocalDateField({ description: 'The last day; null: for good.', example: '2027-08-31', nullable: true })
  validUntil: LocalDate | null;

  @IntField({
    description: 'How often it is given in all; null: no limit.',
    example: 100,
    min: 1,
    max: most,
    nullable: true,
  })
  maxUses: number | null;

  @IntField({
    description: 'How often each student is given it; null: no limit.',
    example: 1,
    min: 1,
    max: most,
    nullable: true,
  })
  maxUsesPerStudent: number | null;

  @IdField({ description: 'The one product that it is given on; null: anything.', nullable: true })
  productId: Id | null;

  @BoolField({ description: 'Whether it is no longer given.', example: false })
  archived: boolean;

  @IntField({
    description: 'How often it has been used, uses that were taken back left out.',
    example: 3,
    min: 0,
    max: most,
  })
  uses: number;
}

export class RedeemDiscountDto {
  @TextField({ description: 'The discount’s code, in capitals or not.', example: 'sommer10', max: 40 })
  code: string;
}
