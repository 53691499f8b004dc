import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byText, is, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { ProductNotFound } from '../domain/price-problems.js';
import type { PriceTables } from '../prices.tables.js';

export interface PriceView {
  readonly id: Id;
  readonly validFrom: LocalDate;
  readonly gross: Money;
  readonly vatRateBp: number;
}

export interface ProductView {
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly lessonTypeId: Id | null;
  readonly archived: boolean;
  /** Null: it has no price on that day. */
  readonly price: PriceView | null;
}

export const productList = new List({
  id: 'products.id',
  sorts: { name: byText('products.name'), code: byText('products.code') },
  defaultSort: 'name',
  filters: { archived: is<boolean>('products.archived') },
});

export type ProductsAsked = Asked<typeof productList> & { readonly on?: LocalDate };

export const productPriceList = new List({ sorts: { validFrom: byText('valid_from') }, defaultSort: '-validFrom' });

/** What the school sells, and at which price. */
@Injectable()
export class ProductReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
  ) {}

  async list({ on, ...asked }: ProductsAsked): Promise<Page<ProductView>> {
    const day = on ?? (await this.today());
    return mapPage(await productList.page(this.products(day), asked), viewOf);
  }

  /** With its price on that day, today when none is named. @throws ProductNotFound */
  async get(id: Id, on?: LocalDate): Promise<ProductView> {
    const day = on ?? (await this.today());
    const row = await this.products(day).where('products.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new ProductNotFound();
    return viewOf(row);
  }

  /** All that it costs, cost and will cost. @throws ProductNotFound */
  async prices(productId: Id, asked: Asked<typeof productPriceList>): Promise<Page<PriceView>> {
    await this.get(productId);
    const rows = schoolQuery<PriceTables>(this.em)
      .selectFrom('product_prices')
      .select(['id', 'valid_from', 'gross_minor', 'currency', 'vat_rate_bp'])
      .where('product_id', '=', bin(productId));
    return mapPage(await productPriceList.page(rows, asked), priceOf);
  }

  private async today(): Promise<LocalDate> {
    return localDate(this.clock.now(), (await this.scheduling.school()).zone);
  }

  private products(day: LocalDate) {
    const newest = sql<LocalDate>`(SELECT MAX(newest.valid_from) FROM product_prices newest WHERE newest.school_id = products.school_id
      AND newest.product_id = products.id AND newest.valid_from <= ${day})`;
    return schoolQuery<PriceTables>(this.em)
      .selectFrom('products')
      .leftJoin('product_prices as price', (on) =>
        on
          .onRef('price.school_id', '=', 'products.school_id')
          .onRef('price.product_id', '=', 'products.id')
          .on('price.valid_from', '=', newest),
      )
      .select(['products.id', 'products.code', 'products.name', 'products.lesson_type_id', 'products.archived'])
      .select(['price.id as price_id', 'price.valid_from', 'price.gross_minor', 'price.currency', 'price.vat_rate_bp']);
  }
}

type Row = Awaited<ReturnType<ReturnType<ProductReader['products']>['execute']>>[number];

function viewOf(row: Row): ProductView {
  const { id, code, name, lesson_type_id: lessonTypeId, archived, price_id } = row;
  const price = price_id ? priceOf({ ...(row as Required<Row>), id: price_id } as never) : null;
  return { id, code, name, lessonTypeId, archived, price };
}

interface PriceRow {
  readonly id: Id;
  readonly valid_from: LocalDate;
  readonly gross_minor: number;
  readonly currency: string;
  readonly vat_rate_bp: number;
}

function priceOf({ id, valid_from, gross_minor, currency, vat_rate_bp }: PriceRow): PriceView {
  return { id, validFrom: valid_from, gross: Money.of(gross_minor, currency), vatRateBp: vat_rate_bp };
}
