import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  code,
  currency,
  id,
  instant,
  int,
  localDate,
  schoolScoped,
} from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import { PackageEnded } from './package-problems.js';

export const soldPackageStates = ['active', 'withdrawn'] as const;
export type SoldPackageState = (typeof soldPackageStates)[number];

export const unitStates = ['open', 'used', 'withdrawn'] as const;
export type UnitState = (typeof unitStates)[number];

export const SoldPackageSchema = defineEntity({
  name: 'SoldPackage',
  tableName: 'sold_packages',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    packageId: id(),
    /** Who owes its price, whoever uses it. */
    buyerId: id(),
    studentId: id(),
    priceMinor: amount(),
    currency: currency(),
    /** The last day on which it may be used. */
    validUntil: localDate(),
    state: code<SoldPackageState>(),
    createdAt: instant(),
    withdrawnAt: instant().nullable(),
  },
  uniques: [{ name: 'sold_packages_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'sold_packages_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'sold_packages_buyer', properties: ['schoolId', 'buyerId', 'id'] },
    { name: 'sold_packages_package', properties: ['schoolId', 'packageId'] },
  ],
});

/** A package that a student has bought. */
export class SoldPackage extends SoldPackageSchema.class {
  /** @throws PackageEnded */
  handTo(studentId: Id): void {
    if (this.state !== 'active') throw new PackageEnded();
    this.studentId = studentId;
  }

  /** @throws PackageEnded */
  withdraw(at: Date): void {
    if (this.state !== 'active') throw new PackageEnded();
    this.state = 'withdrawn';
    this.withdrawnAt = at;
  }
}
SoldPackageSchema.setClass(SoldPackage);

export const PackageUnitSchema = defineEntity({
  name: 'PackageUnit',
  tableName: 'package_units',
  ...schoolScoped,
  properties: {
    /** Also the source of its charge. */
    id: id().primary(),
    schoolId: id(),
    soldPackageId: id(),
    studentId: id(),
    productId: id(),
    lessonTypeId: id().nullable(),
    validUntil: localDate(),
    /** What it cost alone on the day of the sale, and its share of the package's price. */
    listMinor: amount(),
    shareMinor: amount(),
    vatRateBp: int(),
    state: code<UnitState>(),
    /** The lesson that uses it; none when it was handed over. */
    bookingId: id().nullable(),
    /** When what it was used for begins, or was handed over. */
    usedAt: instant().nullable(),
  },
  uniques: [
    { name: 'package_units_school_id', properties: ['schoolId', 'id'] },
    { name: 'package_units_booking', properties: ['schoolId', 'bookingId'] },
  ],
  indexes: [
    { name: 'package_units_package', properties: ['schoolId', 'soldPackageId', 'id'] },
    {
      name: 'package_units_of_student',
      properties: ['schoolId', 'studentId', 'lessonTypeId', 'state', 'validUntil', 'id'],
    },
    { name: 'package_units_product', properties: ['schoolId', 'productId'] },
  ],
});

/** One lesson, or one other thing, of a sold package: used once, by one booking. */
export class PackageUnit extends PackageUnitSchema.class {}
PackageUnitSchema.setClass(PackageUnit);
