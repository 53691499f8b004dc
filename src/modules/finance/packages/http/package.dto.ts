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
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { soldPackageStates, type SoldPackageState } from '../domain/sold-package.js';
import { packageList } from '../queries/package-reader.js';
import { soldPackageList } from '../queries/sold-package-reader.js';
import type { PackageDetails } from '../use-cases/define-package.js';

const price = { amount: 1_200_000, currency: 'DKK' };

export class PackagePartDto {
  @IdField({ description: 'What it is: a product of the price list.' })
  productId: Id;

  @IntField({ description: 'How many of it.', example: 16, min: 1, max: 100 })
  quantity: number;
}

export class DefinePackageDto {
  @TextField({ description: 'As on the invoice.', example: 'Lovpakke B', max: 60 })
  name: string;

  @MoneyField({
    description: 'Price of all of it including VAT, in the school’s currency; above zero.',
    example: price,
  })
  price: MoneyDto;

  @IntField({ description: 'Months after the sale in which it may be used.', example: 12, min: 1, max: 120 })
  validMonths: number;

  @ListField(() => PackagePartDto, {
    description: 'What is in it, at most 100 things in all. The price is shared by their list prices.',
    minItems: 1,
    maxItems: 50,
  })
  parts: PackagePartDto[];

  toCommand(): PackageDetails {
    const { name, price: gross, validMonths, parts } = this;
    return { name, price: Money.of(gross.amount, gross.currency), validMonths, parts };
  }
}

export class PackageListQuery extends ListQuery(packageList) {
  @BoolField({ description: 'Only those no longer sold, or only those that are.', example: false, optional: true })
  archived?: boolean;
}

export class NamedPackagePartDto extends PackagePartDto {
  @TextField({ description: 'What people call it.', example: 'Kørelektion B', max: 120 })
  name: string;
}

export class PackageDto {
  @IdField({ description: 'Id of this version of the package.' })
  id: Id;

  @TextField({ description: 'As on the invoice.', example: 'Lovpakke B', max: 120 })
  name: string;

  @IntField({ description: 'Which version of it this is.', example: 1, min: 1, max: 2_147_483_647 })
  version: number;

  @MoneyField({ description: 'Price of all of it including VAT.', example: price })
  price: MoneyDto;

  @IntField({ description: 'Months after the sale in which it may be used.', example: 12, min: 1, max: 120 })
  validMonths: number;

  @BoolField({ description: 'Whether it is no longer sold.', example: false })
  archived: boolean;

  @ListField(() => NamedPackagePartDto, { description: 'What is in it.' })
  parts: NamedPackagePartDto[];
}

export class SellPackageDto {
  @IdField({ description: 'The package that the student buys.' })
  packageId: Id;
}

export class SoldPackageListQuery extends ListQuery(soldPackageList) {
  @IdField({ description: 'Packages of this student alone.', optional: true })
  studentId?: Id;

  @EnumField(soldPackageStates, { description: 'Packages in this state alone.', example: 'active', optional: true })
  state?: SoldPackageState;
}

export class SoldPartDto {
  @IdField({ description: 'What it is: a product of the price list.' })
  productId: Id;

  @TextField({ description: 'What people call it.', example: 'Kørelektion B', max: 120 })
  name: string;

  @IntField({ description: 'How many were bought.', example: 16, min: 0, max: 100 })
  bought: number;

  @IntField({ description: 'How many are used, or meant for lessons ahead.', example: 5, min: 0, max: 100 })
  used: number;

  @IntField({ description: 'How many may still be used.', example: 11, min: 0, max: 100 })
  left: number;
}

export class SoldPackageDto {
  @IdField({ description: 'Id of the sold package.' })
  id: Id;

  @IdField({ description: 'The version of the package that was sold.' })
  packageId: Id;

  @TextField({ description: 'As on the invoice.', example: 'Lovpakke B', max: 120 })
  name: string;

  @IdField({ description: 'The student who bought it, and owes its price.' })
  buyerId: Id;

  @IdField({ description: 'The student who uses it.' })
  studentId: Id;

  @MoneyField({ description: 'Price of all of it including VAT.', example: price })
  price: MoneyDto;

  @LocalDateField({ description: 'The last day on which it may be used.', example: '2027-12-01' })
  validUntil: LocalDate;

  @EnumField([...soldPackageStates, 'expired'], {
    description: 'Expired from the day after its last one.',
    example: 'active',
  })
  state: SoldPackageState | 'expired';

  @InstantField({ description: 'When it was sold.', example: '2026-12-01T08:00:00.000Z' })
  soldAt: Date;

  @InstantField({ description: 'When it was given back.', example: null, nullable: true })
  withdrawnAt: Date | null;

  @ListField(() => SoldPartDto, { description: 'What is in it, and what is left.' })
  parts: SoldPartDto[];
}

export class HandOverPartDto {
  @IdField({ description: 'What is handed over: a product of the package.' })
  productId: Id;
}

export class TransferPackageDto {
  @IdField({ description: 'The student who uses it from now on.' })
  studentId: Id;
}

export class WithdrawPackageDto {
  @MoneyField({
    description: 'What the preview said that comes back: refused when it is something else by now.',
    optional: true,
  })
  expectedReturn?: MoneyDto;
}

export class WithdrawalDto {
  @MoneyField({ description: 'What the package was sold for.', example: price })
  price: MoneyDto;

  @MoneyField({ description: 'What was used, at the list prices of the day of the sale.' })
  usedAtList: MoneyDto;

  @MoneyField({ description: 'Of the price, what is credited for what was not used.' })
  credited: MoneyDto;

  @MoneyField({ description: 'What used things cost more alone than in the package; never more than is credited.' })
  charged: MoneyDto;

  @MoneyField({ description: 'What is left for the student: credited less charged.' })
  returned: MoneyDto;
}
