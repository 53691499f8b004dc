import { ChangeOf } from '../../../../platform/http/change-of.js';
import {
  BoolField,
  IdField,
  IntField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { agreedPriceList } from '../queries/agreed-price-reader.js';
import { productList, productPriceList } from '../queries/product-reader.js';
import type { PriceAgreement } from '../use-cases/agree-price.js';
import type { PriceFromDay } from '../use-cases/set-product-price.js';

const vat = { description: 'VAT rate in basis points: 2500 is 25 %, 0 is exempt.', example: 2500, min: 0, max: 10_000 };

class ProductNameDto {
  @TextField({ description: 'What people call it.', example: 'Kørelektion B', max: 120 })
  name: string;
}

export class AddProductDto extends ProductNameDto {
  @TextField({ description: 'Short and unique in the school, as in the bookkeeping.', example: 'KOR-B', max: 40 })
  code: string;

  @IdField({
    description:
      'The lessons that are sold as it: they take its price on their date, instead of the lesson type’s own. It cannot be changed later.',
    optional: true,
    nullable: true,
  })
  lessonTypeId?: Id | null;
}

export class UpdateProductDto extends ChangeOf(ProductNameDto) {
  @BoolField({ description: 'Whether it is no longer sold.', example: true, optional: true })
  archived?: boolean;
}

export class SetProductPriceDto {
  @LocalDateField({ description: 'The first day of this price.', example: '2027-01-01' })
  validFrom: LocalDate;

  @MoneyField({ description: 'Price including VAT, in the school’s currency; above zero.' })
  gross: MoneyDto;

  @IntField(vat)
  vatRateBp: number;

  toCommand(): PriceFromDay {
    const { validFrom, gross, vatRateBp } = this;
    return { validFrom, gross: Money.of(gross.amount, gross.currency), vatRateBp };
  }
}

export class ProductListQuery extends ListQuery(productList) {
  @BoolField({ description: 'Only those no longer sold, or only those that are.', example: false, optional: true })
  archived?: boolean;

  @LocalDateField({
    description: 'With the prices of this day; today’s otherwise.',
    example: '2027-01-01',
    optional: true,
  })
  on?: LocalDate;
}

export class ProductPriceListQuery extends ListQuery(productPriceList) {}

export class ProductPriceDto {
  @IdField({ description: 'Id of the price.' })
  id: Id;

  @LocalDateField({ description: 'The first day of this price.', example: '2027-01-01' })
  validFrom: LocalDate;

  @MoneyField({ description: 'Price including VAT.' })
  gross: MoneyDto;

  @IntField(vat)
  vatRateBp: number;
}

export class ProductDto {
  @IdField({ description: 'Id of the product.' })
  id: Id;

  @TextField({ description: 'Short and unique in the school.', example: 'KOR-B', max: 40 })
  code: string;

  @TextField({ description: 'What people call it.', example: 'Kørelektion B', max: 120 })
  name: string;

  @IdField({ description: 'The lessons that are sold as it.', nullable: true })
  lessonTypeId: Id | null;

  @BoolField({ description: 'Whether it is no longer sold.', example: false })
  archived: boolean;

  @NestedField(() => ProductPriceDto, {
    description: 'Its price on the day that was asked for; null when it has none yet.',
    nullable: true,
  })
  price: ProductPriceDto | null;
}

export class AgreePriceDto {
  @IdField({ description: 'What it is the price of.' })
  productId: Id;

  @MoneyField({ description: 'Price including VAT, in the school’s currency; above zero.' })
  gross: MoneyDto;

  @LocalDateField({ description: 'The first day of this price.', example: '2027-01-01' })
  validFrom: LocalDate;

  @LocalDateField({
    description: 'The last day of this price; for good when left out.',
    example: '2027-06-30',
    optional: true,
    nullable: true,
  })
  validUntil?: LocalDate | null;

  toCommand(studentId: Id): PriceAgreement {
    const { productId, gross, validFrom, validUntil = null } = this;
    return { studentId, productId, gross: Money.of(gross.amount, gross.currency), validFrom, validUntil };
  }
}

export class AgreedPriceListQuery extends ListQuery(agreedPriceList) {}

export class AgreedPriceDto {
  @IdField({ description: 'Id of the agreed price.' })
  id: Id;

  @IdField({ description: 'With whom it was agreed.' })
  studentId: Id;

  @IdField({ description: 'What it is the price of.' })
  productId: Id;

  @MoneyField({ description: 'Price including VAT; the rate is that of the price list.' })
  gross: MoneyDto;

  @LocalDateField({ description: 'The first day of this price.', example: '2027-01-01' })
  validFrom: LocalDate;

  @LocalDateField({ description: 'The last day of this price; null: for good.', example: '2027-06-30', nullable: true })
  validUntil: LocalDate | null;
}
