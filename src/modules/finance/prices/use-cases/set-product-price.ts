import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { ProductNotFound } from '../domain/price-problems.js';
import { Product, ProductPrice } from '../domain/product.js';
import { ProductReader, type ProductView } from '../queries/product-reader.js';
import { ListingChanges } from '../../../schools/index.js';

export interface PriceFromDay {
  readonly validFrom: LocalDate;
  readonly gross: Money;
  readonly vatRateBp: number;
}

/** Says what a product costs from a day on. What was charged before keeps its price. */
@Injectable()
export class SetProductPrice {
  constructor(
    readonly em: EntityManager,
    private readonly sellers: SellerReader,
    private readonly reader: ProductReader,
    private readonly audit: Audit,
    private readonly listing: ListingChanges,
  ) {}

  /** @returns the product with its price on that day. @throws ProductNotFound | WrongCurrency | AmountNotPositive */
  @Transaction()
  async execute(productId: Id, { validFrom, gross, vatRateBp }: PriceFromDay): Promise<ProductView> {
    // Two who set the price of the same day wait for each other here.
    const product = await this.em.findOne(Product, { id: productId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!product) throw new ProductNotFound();
    const { currency } = await this.sellers.terms();
    if (gross.currency !== currency) throw new WrongCurrency(currency, 'gross.currency');
    if (!gross.isPositive) throw new AmountNotPositive('gross');
    const price =
      (await this.em.findOne(ProductPrice, { productId, validFrom })) ??
      this.em.create(ProductPrice, {
        id: newId(),
        schoolId: currentSchool(),
        productId,
        validFrom,
        grossMinor: gross.amount,
        currency,
        vatRateBp,
      });
    Object.assign(price, { grossMinor: gross.amount, vatRateBp });
    await this.em.flush();
    const details = { validFrom, vatRateBp, ...gross.toJSON() };
    await this.listing.touched();
    await this.audit.record({ action: 'product.price_set', subjectId: productId, details });
    return this.reader.get(productId, validFrom);
  }
}
