import type { Tables } from '../../../platform/database/query.js';
import type { ChargeSchema } from '../domain/charge.js';
import type { InvoiceLineSchema } from '../domain/invoice-line.js';
import type { ProductSchema } from '../prices/domain/product.js';
import type { PackagePartSchema, PackageSchema } from './domain/package.js';
import type { PackageUnitSchema, SoldPackageSchema } from './domain/sold-package.js';

export type PackageTables = Tables<
  | typeof ChargeSchema
  | typeof InvoiceLineSchema
  | typeof PackagePartSchema
  | typeof PackageSchema
  | typeof PackageUnitSchema
  | typeof ProductSchema
  | typeof SoldPackageSchema
>;
