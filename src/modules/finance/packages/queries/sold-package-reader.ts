import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, is, List } from '../../../../platform/database/list.js';
import { bin, bins, schoolQuery } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { ofStudents, OwnStudents } from '../../../students/index.js';
import { SoldPackageNotFound } from '../domain/package-problems.js';
import type { SoldPackageState } from '../domain/sold-package.js';
import type { PackageTables } from '../packages.tables.js';
import { isOwed } from './is-owed.js';

export interface SoldPartView {
  readonly productId: Id;
  readonly name: string;
  readonly bought: number;
  readonly used: number;
  /** Not used, not given back, and not past the last day. */
  readonly left: number;
}

export interface SoldPackageView {
  readonly id: Id;
  readonly packageId: Id;
  readonly name: string;
  readonly buyerId: Id;
  readonly studentId: Id;
  readonly price: Money;
  readonly validUntil: LocalDate;
  readonly state: SoldPackageState | 'expired';
  readonly soldAt: Date;
  readonly withdrawnAt: Date | null;
  readonly parts: readonly SoldPartView[];
}

export const soldPackageList = new List({
  id: 'sold_packages.id',
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<SoldPackageState>('sold_packages.state') },
});

export type SoldPackagesAsked = Asked<typeof soldPackageList> & { readonly studentId?: Id };

/** The packages that students have bought, with what is left of them. */
@Injectable()
export class SoldPackageReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: OwnStudents,
    private readonly scheduling: Scheduling,
  ) {}

  /** @throws StudentNotFound */
  async list(actor: Actor, asked: SoldPackagesAsked): Promise<Page<SoldPackageView>> {
    const reach = await this.students.asked(actor, asked.studentId);
    const rows = this.sold.where(ofStudents(reach, 'sold_packages.student_id'));
    const { items, nextCursor } = await soldPackageList.page(rows, asked);
    return { items: await this.views(items), nextCursor };
  }

  /** @throws SoldPackageNotFound also when it is somebody else's */
  async get(actor: Actor, id: Id): Promise<SoldPackageView> {
    const row = await this.sold
      .where('sold_packages.id', '=', bin(id))
      .where(ofStudents(await this.students.of(actor), 'sold_packages.student_id'))
      .executeTakeFirst();
    if (!row) throw new SoldPackageNotFound();
    return (await this.views([row]))[0]!;
  }

  private async views(rows: readonly Row[]): Promise<SoldPackageView[]> {
    if (rows.length === 0) return [];
    const today = localDate(this.clock.now(), (await this.scheduling.school()).zone);
    const parts = await this.parts(rows.map(({ id }) => id));
    return rows.map(({ price_minor, currency, package_id, buyer_id, student_id, ...row }) => {
      const isOver = row.valid_until < today;
      const own = parts.filter(({ sold_package_id }) => sold_package_id === row.id);
      return {
        id: row.id,
        packageId: package_id,
        name: row.name,
        buyerId: buyer_id,
        studentId: student_id,
        price: Money.of(price_minor, currency),
        validUntil: row.valid_until,
        state: row.state === 'active' && isOver ? 'expired' : row.state,
        soldAt: row.created_at,
        withdrawnAt: row.withdrawn_at,
        parts: own.map(({ product_id, name, bought, used, open }) => ({
          productId: product_id,
          name,
          bought: Number(bought),
          used: Number(used),
          left: isOver ? 0 : Number(open),
        })),
      };
    });
  }

  /** Of all of them in one question. */
  private parts(ids: readonly Id[]) {
    return schoolQuery<PackageTables>(this.em)
      .selectFrom('package_units')
      .innerJoin('products', (on) =>
        on
          .onRef('products.school_id', '=', 'package_units.school_id')
          .onRef('products.id', '=', 'package_units.product_id'),
      )
      .select(['package_units.sold_package_id', 'package_units.product_id', 'products.name'])
      .select(sql<number | string>`count(*)`.as('bought'))
      .select(sql<number | string>`sum(package_units.state = 'used')`.as('used'))
      .select(sql<number | string>`sum(package_units.state = 'open' and ${isOwed})`.as('open'))
      .where('package_units.sold_package_id', 'in', bins(ids))
      .groupBy(['package_units.sold_package_id', 'package_units.product_id', 'products.name'])
      .orderBy('products.name')
      .execute();
  }

  private get sold() {
    return schoolQuery<PackageTables>(this.em)
      .selectFrom('sold_packages')
      .innerJoin('packages', (on) =>
        on
          .onRef('packages.school_id', '=', 'sold_packages.school_id')
          .onRef('packages.id', '=', 'sold_packages.package_id'),
      )
      .modifyFront(sql`straight_join`)
      .select(['sold_packages.id', 'sold_packages.package_id', 'packages.name', 'sold_packages.buyer_id'])
      .select(['sold_packages.student_id', 'sold_packages.price_minor', 'sold_packages.currency'])
      .select(['sold_packages.valid_until', 'sold_packages.state', 'sold_packages.created_at'])
      .select('sold_packages.withdrawn_at');
  }
}

type Row = Awaited<ReturnType<SoldPackageReader['sold']['execute']>>[number];
