import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  localDate,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';

export const discountKinds = ['percentage', 'amount'] as const;
export type DiscountKind = (typeof discountKinds)[number];

export const DiscountSchema = defineEntity({
  name: 'Discount',
  tableName: 'discounts',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    /** In capitals: it is typed in any. */
    code: text(40),
    kind: code<DiscountKind>(),
    /** Basis points, of a percentage. */
    percentBp: int().nullable(),
    amountMinor: amount().nullable(),
    currency: currency(),
    validFrom: localDate(),
    validUntil: localDate().nullable(),
    maxUses: int().nullable(),
    maxUsesPerStudent: int().nullable(),
    /** What it is for; null: anything. */
    productId: id().nullable(),
    archived: bool(),
    /** Counted up by each use first, so that the next one counts all uses before it. */
    revision: int(),
    createdAt: instant(),
  },
  uniques: [
    { name: 'discounts_school_id', properties: ['schoolId', 'id'] },
    { name: 'discounts_code', properties: ['schoolId', 'code'] },
  ],
  indexes: [{ name: 'discounts_product', properties: ['schoolId', 'productId'] }],
});

/** A voucher: a code that makes a charge cheaper. */
export class Discount extends DiscountSchema.class {
  isValidOn(day: LocalDate): boolean {
    return !this.archived && this.validFrom <= day && (this.validUntil === null || day <= (this.validUntil ?? day));
  }

  /** What it takes off a price: rounded half up to the øre, and never more than the price. */
  off(price: Money): Money {
    const minor = this.kind === 'amount' ? (this.amountMinor ?? 0) : share(price.amount, this.percentBp ?? 0);
    return Money.of(Math.min(minor, price.amount), price.currency);
  }
}
DiscountSchema.setClass(Discount);

function share(minor: number, basisPoints: number): number {
  return Number((2n * BigInt(minor) * BigInt(basisPoints) + 10_000n) / 20_000n);
}

export const DiscountRedemptionSchema = defineEntity({
  name: 'DiscountRedemption',
  tableName: 'discount_redemptions',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    discountId: id(),
    studentId: id(),
    chargeId: id(),
    amountMinor: amount(),
    /** Nothing was left of the charge, which was voided by it. */
    coversAll: bool(),
    /** When that charge was to be delivered, for the day on which the discount is taken off again. */
    deliversAt: instant().nullable(),
    redeemedAt: instant(),
  },
  uniques: [{ name: 'discount_redemptions_charge', properties: ['schoolId', 'chargeId'] }],
  indexes: [
    { name: 'discount_redemptions_discount', properties: ['schoolId', 'discountId', 'studentId'] },
    { name: 'discount_redemptions_student', properties: ['schoolId', 'studentId', 'id'] },
  ],
});

/** A discount given on one charge. */
export class DiscountRedemption extends DiscountRedemptionSchema.class {}
DiscountRedemptionSchema.setClass(DiscountRedemption);
