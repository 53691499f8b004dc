import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { type Price, PricesOfProduct } from '../domain/lesson-prices.js';
import type { PriceTables } from '../prices.tables.js';

/** What things cost whom, on which day. */
@Injectable()
export class PriceList {
  constructor(private readonly em: EntityManager) {}

  /** For lessons of one type, on any day; null when they are sold as no product, or as one no longer sold. */
  async ofLessons(lessonTypeId: Id, studentId: Id): Promise<PricesOfProduct | null> {
    const product = await this.query
      .selectFrom('products')
      .select('id')
      .where('lesson_type_id', '=', bin(lessonTypeId))
      .where('archived', '=', false)
      .executeTakeFirst();
    return product ? (await this.ofProducts([product.id], studentId))[0]! : null;
  }

  /** In the order asked for. */
  async ofProducts(productIds: readonly Id[], studentId: Id): Promise<PricesOfProduct[]> {
    if (productIds.length === 0) return [];
    const listed = await this.query
      .selectFrom('product_prices')
      .select(['product_id', 'valid_from', 'gross_minor', 'currency', 'vat_rate_bp'])
      .where('product_id', 'in', bins(productIds))
      .execute();
    const agreed = await this.query
      .selectFrom('agreed_prices')
      .select(['product_id', 'valid_from', 'valid_until', 'gross_minor', 'currency'])
      .where('student_id', '=', bin(studentId))
      .where('product_id', 'in', bins(productIds))
      .execute();
    return productIds.map((id) => {
      const [prices, spans] = [listed, agreed].map((rows) => rows.filter(({ product_id }) => product_id === id));
      return new PricesOfProduct(
        id,
        (prices as typeof listed).map((row) => ({ ...priced(row), vatRateBp: row.vat_rate_bp })),
        (spans as typeof agreed).map((row) => ({ ...priced(row), validUntil: row.valid_until })),
      );
    });
  }

  /** What the list says, whoever buys. One query by index. */
  async listed(productId: Id, day: LocalDate): Promise<Price | null> {
    const row = await this.query
      .selectFrom('product_prices')
      .select(['gross_minor', 'currency', 'vat_rate_bp'])
      .where('product_id', '=', bin(productId))
      .where('valid_from', '<=', day)
      .orderBy('valid_from', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? { productId, gross: Money.of(row.gross_minor, row.currency), vatRateBp: row.vat_rate_bp } : null;
  }

  private get query() {
    return schoolQuery<PriceTables>(this.em);
  }
}

function priced(row: { readonly valid_from: LocalDate; readonly gross_minor: number; readonly currency: string }) {
  return { validFrom: row.valid_from, gross: Money.of(row.gross_minor, row.currency) };
}
