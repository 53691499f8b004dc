import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { PackageSchema } from '../../packages/domain/package.js';
import type { PriceTables } from '../prices.tables.js';

/** A price that anybody may see, VAT included. */
export interface PublicPrice {
  readonly id: Id;
  readonly kind: 'product' | 'package';
  readonly name: string;
  readonly gross: Money;
}

const mostOfASchool = 200;

/** What schools sell to anybody, at today's list prices. Of the schools that are in reach: one, or those asked for. */
@Injectable()
export class PublicPrices {
  constructor(private readonly em: EntityManager) {}

  /** By school, packages first, each by name; two reads, however many schools. */
  async of(schoolIds: readonly Id[], day: LocalDate): Promise<Map<Id, PublicPrice[]>> {
    if (schoolIds.length === 0) return new Map();
    const rows = [...(await this.packages(schoolIds)), ...(await this.products(schoolIds, day))];
    const bySchool = Map.groupBy(rows, ({ schoolId }) => schoolId);
    return new Map([...bySchool].map(([schoolId, its]) => [schoolId, its.slice(0, mostOfASchool).map(priceOf)]));
  }

  private async packages(schoolIds: readonly Id[]) {
    const rows = await schoolQuery<Tables<typeof PackageSchema>>(this.em)
      .selectFrom('packages')
      .select(['school_id as schoolId', 'id', 'name', 'price_minor as minor', 'currency'])
      .where('school_id', 'in', bins(schoolIds))
      .where('archived', '=', false)
      .orderBy('name')
      .execute();
    return rows.map((row) => ({ ...row, kind: 'package' as const }));
  }

  private async products(schoolIds: readonly Id[], day: LocalDate) {
    const newest = sql<LocalDate>`(SELECT MAX(newest.valid_from) FROM product_prices newest WHERE newest.school_id = products.school_id
      AND newest.product_id = products.id AND newest.valid_from <= ${day})`;
    const rows = await schoolQuery<PriceTables>(this.em)
      .selectFrom('products')
      .innerJoin('product_prices as price', (on) =>
        on
          .onRef('price.school_id', '=', 'products.school_id')
          .onRef('price.product_id', '=', 'products.id')
          .on('price.valid_from', '=', newest),
      )
      .select(['products.school_id as schoolId', 'products.id', 'products.name'])
      .select(['price.gross_minor as minor', 'price.currency'])
      .where('products.school_id', 'in', bins(schoolIds))
      .where('products.archived', '=', false)
      .orderBy('products.name')
      .execute();
    return rows.map((row) => ({ ...row, kind: 'product' as const }));
  }
}

interface PriceRow {
  readonly id: Id;
  readonly kind: PublicPrice['kind'];
  readonly name: string;
  readonly minor: number;
  readonly currency: string;
}

function priceOf({ id, kind, name, minor, currency }: PriceRow): PublicPrice {
  return { id, kind, name, gross: Money.of(minor, currency) };
}
