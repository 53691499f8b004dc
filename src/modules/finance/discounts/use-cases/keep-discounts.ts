import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import { EndsBeforeItBegins, ProductNotFound } from '../../prices/domain/price-problems.js';
import { Product } from '../../prices/domain/product.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { DiscountCodeTaken, DiscountNotFound, DiscountWorthUnclear } from '../domain/discount-problems.js';
import { Discount, type DiscountKind } from '../domain/discount.js';
import { DiscountReader, type DiscountView } from '../queries/discount-reader.js';

export interface NewDiscount {
  readonly code: string;
  readonly kind: DiscountKind;
  readonly percentBp: number | null;
  readonly amount: Money | null;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
  readonly maxUses: number | null;
  readonly maxUsesPerStudent: number | null;
  readonly productId: Id | null;
}

/** Makes a voucher, or stops giving it. What was given stays given. */
@Injectable()
export class KeepDiscounts {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly reader: DiscountReader,
    private readonly audit: Audit,
  ) {}

  /** @throws DiscountWorthUnclear | WrongCurrency | AmountNotPositive | EndsBeforeItBegins | ProductNotFound | DiscountCodeTaken */
  @Transaction()
  async add({ amount, ...details }: NewDiscount): Promise<DiscountView> {
    const { currency } = await this.sellers.terms();
    this.check({ amount, ...details }, currency);
    const { productId } = details;
    if (productId && !(await this.em.findOne(Product, { id: productId }))) throw new ProductNotFound();
    const id = newId();
    const kept = { ...details, code: details.code.toUpperCase(), amountMinor: amount?.amount ?? null, currency };
    const rest = { archived: false, revision: 1, createdAt: this.clock.now() };
    this.em.create(Discount, { id, schoolId: currentSchool(), ...kept, ...rest });
    await this.em.flush().catch(namingTheCode);
    await this.audit.record({ action: 'discount.added', subjectId: id });
    return this.reader.get(id);
  }

  /** Does nothing when it is no longer given. @throws DiscountNotFound */
  @Transaction()
  async archive(discountId: Id): Promise<DiscountView> {
    const discount = await this.em.findOne(Discount, { id: discountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!discount) throw new DiscountNotFound();
    if (!discount.archived) {
      discount.archived = true;
      await this.em.flush();
      await this.audit.record({ action: 'discount.archived', subjectId: discountId });
    }
    return this.reader.get(discountId);
  }

  private check({ kind, percentBp, amount, validFrom, validUntil }: NewDiscount, currency: string): void {
    const isClear = kind === 'percentage' ? percentBp !== null && !amount : percentBp === null && amount;
    if (!isClear) throw new DiscountWorthUnclear();
    if (amount && amount.currency !== currency) throw new WrongCurrency(currency);
    if (amount && !amount.isPositive) throw new AmountNotPositive('amount');
    if (validUntil !== null && validUntil < validFrom) throw new EndsBeforeItBegins();
  }
}

function namingTheCode(error: unknown): never {
  throw isDuplicateKey(error, 'discounts_code') ? new DiscountCodeTaken() : error;
}
