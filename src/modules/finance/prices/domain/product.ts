import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  bool,
  currency,
  id,
  instant,
  int,
  localDate,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import { given } from '../../../../platform/values/given.js';
import { newId, type Id } from '../../../../platform/values/id.js';

export const ProductSchema = defineEntity({
  name: 'Product',
  tableName: 'products',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    code: text(40),
    name: text(120),
    /** The lessons that are sold as it; never changes, as what was sold names the product alone. */
    lessonTypeId: id().nullable(),
    archived: bool(),
    /** Whoever decides on its agreed prices counts it up first, and so waits for others who do. */
    revision: int(),
    createdAt: instant(),
  },
  uniques: [
    { name: 'products_school_id', properties: ['schoolId', 'id'] },
    { name: 'products_code', properties: ['schoolId', 'code'] },
    { name: 'products_lesson_type', properties: ['schoolId', 'lessonTypeId'] },
  ],
  indexes: [{ name: 'products_name', properties: ['schoolId', 'name', 'id'] }],
});

export interface NewProduct {
  readonly code: string;
  readonly name: string;
  readonly lessonTypeId?: Id | null;
}

export interface ProductChange {
  readonly name?: string;
  readonly archived?: boolean;
}

/** Something that the school sells: a kind of lesson, a book, a fee. */
export class Product extends ProductSchema.class {
  static add(schoolId: Id, { code, name, lessonTypeId = null }: NewProduct, at: Date): Product {
    const rest = { id: newId(), archived: false, revision: 1, createdAt: at };
    return Object.assign(new Product(), { schoolId, code, name, lessonTypeId, ...rest });
  }

  change(change: ProductChange): void {
    Object.assign(this, given(change));
  }
}
ProductSchema.setClass(Product);

export const ProductPriceSchema = defineEntity({
  name: 'ProductPrice',
  tableName: 'product_prices',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    productId: id(),
    validFrom: localDate(),
    grossMinor: amount(),
    currency: currency(),
    vatRateBp: int(),
  },
  uniques: [{ name: 'product_prices_day', properties: ['schoolId', 'productId', 'validFrom'] }],
  indexes: [{ name: 'product_prices_valid_from', properties: ['validFrom', 'schoolId'] }],
});

/** What a product costs from a day on, VAT included, until a later one says otherwise. */
export class ProductPrice extends ProductPriceSchema.class {}
ProductPriceSchema.setClass(ProductPrice);
