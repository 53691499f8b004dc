import { defineEntity } from '@mikro-orm/core';
import { amount, bool, currency, id, instant, int, schoolScoped, text } from '../../../../platform/database/columns.js';

export const PackageSchema = defineEntity({
  name: 'Package',
  tableName: 'packages',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    /** Shared by all versions of it. */
    familyId: id(),
    version: int(),
    name: text(120),
    priceMinor: amount(),
    currency: currency(),
    validMonths: int(),
    archived: bool(),
    createdAt: instant(),
  },
  uniques: [
    { name: 'packages_school_id', properties: ['schoolId', 'id'] },
    { name: 'packages_version', properties: ['schoolId', 'familyId', 'version'] },
  ],
  indexes: [{ name: 'packages_name', properties: ['schoolId', 'name', 'id'] }],
});

/** What is sold together at one price (a lovpakke). It never changes: another version takes its place. */
export class Package extends PackageSchema.class {}
PackageSchema.setClass(Package);

export const PackagePartSchema = defineEntity({
  name: 'PackagePart',
  tableName: 'package_parts',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    packageId: id(),
    productId: id(),
    quantity: int(),
  },
  uniques: [{ name: 'package_parts_product', properties: ['schoolId', 'packageId', 'productId'] }],
  indexes: [{ name: 'package_parts_sold_as', properties: ['schoolId', 'productId'] }],
});

/** So many of one product. */
export class PackagePart extends PackagePartSchema.class {}
PackagePartSchema.setClass(PackagePart);
