import { defineEntity } from '@mikro-orm/core';
import { amount, currency, id, instant, localDate, schoolScoped } from '../../../../platform/database/columns.js';

export const AgreedPriceSchema = defineEntity({
  name: 'AgreedPrice',
  tableName: 'agreed_prices',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    productId: id(),
    grossMinor: amount(),
    currency: currency(),
    validFrom: localDate(),
    /** The last day; null: for good. */
    validUntil: localDate().nullable(),
    createdAt: instant(),
  },
  uniques: [
    { name: 'agreed_prices_school_id', properties: ['schoolId', 'id'] },
    { name: 'agreed_prices_day', properties: ['schoolId', 'studentId', 'productId', 'validFrom'] },
  ],
  indexes: [
    { name: 'agreed_prices_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'agreed_prices_product', properties: ['schoolId', 'productId'] },
  ],
});

/** What one student pays for a product, whatever the price list says. Never two for the same day. */
export class AgreedPrice extends AgreedPriceSchema.class {}
AgreedPriceSchema.setClass(AgreedPrice);
