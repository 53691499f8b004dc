import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byText, is, List } from '../../../../platform/database/list.js';
import { bin, bins, schoolQuery } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { PackageNotFound } from '../domain/package-problems.js';
import type { PackageTables } from '../packages.tables.js';

export interface PackageView {
  readonly id: Id;
  readonly name: string;
  readonly version: number;
  readonly price: Money;
  readonly validMonths: number;
  readonly archived: boolean;
  readonly parts: readonly { readonly productId: Id; readonly name: string; readonly quantity: number }[];
}

export const packageList = new List({
  sorts: { name: byText('name') },
  defaultSort: 'name',
  filters: { archived: is<boolean>('archived') },
});

/** The packages that the school offers, and offered. */
@Injectable()
export class PackageReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof packageList>): Promise<Page<PackageView>> {
    const { items, nextCursor } = await packageList.page(this.packages, asked);
    return { items: await this.views(items), nextCursor };
  }

  /** @throws PackageNotFound */
  async get(id: Id): Promise<PackageView> {
    const row = await this.packages.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new PackageNotFound();
    return (await this.views([row]))[0]!;
  }

  /** With the parts of all of them in one question. */
  private async views(rows: readonly Row[]): Promise<PackageView[]> {
    if (rows.length === 0) return [];
    const parts = await schoolQuery<PackageTables>(this.em)
      .selectFrom('package_parts')
      .innerJoin('products', (on) =>
        on
          .onRef('products.school_id', '=', 'package_parts.school_id')
          .onRef('products.id', '=', 'package_parts.product_id'),
      )
      .select(['package_parts.package_id', 'package_parts.product_id', 'products.name', 'package_parts.quantity'])
      .where('package_parts.package_id', 'in', bins(rows.map(({ id }) => id)))
      .orderBy('products.name')
      .execute();
    return rows.map(({ id, name, version, price_minor, currency, valid_months, archived }) => ({
      id,
      name,
      version,
      price: Money.of(price_minor, currency),
      validMonths: valid_months,
      archived,
      parts: parts
        .filter(({ package_id }) => package_id === id)
        .map((part) => ({ productId: part.product_id, name: part.name, quantity: part.quantity })),
    }));
  }

  private get packages() {
    return schoolQuery<PackageTables>(this.em)
      .selectFrom('packages')
      .select(['id', 'name', 'version', 'price_minor', 'currency', 'valid_months', 'archived']);
  }
}

type Row = Awaited<ReturnType<PackageReader['packages']['execute']>>[number];
