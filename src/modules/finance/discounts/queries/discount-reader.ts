import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byAge, is, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { DiscountNotFound } from '../domain/discount-problems.js';
import type { DiscountKind } from '../domain/discount.js';
import type { DiscountTables } from '../discounts.tables.js';

export interface DiscountView {
  readonly id: Id;
  readonly code: string;
  readonly kind: DiscountKind;
  readonly percentBp: number | null;
  readonly amount: Money | null;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
  readonly maxUses: number | null;
  readonly maxUsesPerStudent: number | null;
  readonly productId: Id | null;
  readonly archived: boolean;
  readonly uses: number;
}

export const discountList = new List({
  id: 'discounts.id',
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { archived: is<boolean>('discounts.archived') },
});

/** The use that stands: what was charged with it has not been taken back since. */
export const stands = sql<boolean>`(charges.cancelled = 0 AND (discount_redemptions.covers_all = 1 OR charges.state <> 'voided'))`;

/** The discounts that a school gives, and how often each was used. */
@Injectable()
export class DiscountReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof discountList>): Promise<Page<DiscountView>> {
    return mapPage(await discountList.page(this.discounts, asked), viewOf);
  }

  /** @throws DiscountNotFound */
  async get(id: Id): Promise<DiscountView> {
    const row = await this.discounts.where('discounts.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new DiscountNotFound();
    return viewOf(row);
  }

  /** Uses that stand, of all students or of one. */
  async uses(discountId: Id, studentId?: Id): Promise<number> {
    const uses = schoolQuery<DiscountTables>(this.em)
      .selectFrom('discount_redemptions')
      .innerJoin('charges', (on) =>
        on
          .onRef('charges.school_id', '=', 'discount_redemptions.school_id')
          .onRef('charges.id', '=', 'discount_redemptions.charge_id'),
      )
      .select(sql<number | string>`count(*)`.as('uses'))
      .where('discount_redemptions.discount_id', '=', bin(discountId))
      .where(stands);
    const asked = studentId ? uses.where('discount_redemptions.student_id', '=', bin(studentId)) : uses;
    return Number((await asked.executeTakeFirstOrThrow()).uses);
  }

  private get discounts() {
    return schoolQuery<DiscountTables>(this.em)
      .selectFrom('discounts')
      .select(['discounts.id', 'code', 'kind', 'percent_bp', 'amount_minor', 'currency', 'valid_from', 'valid_until'])
      .select(['max_uses', 'max_uses_per_student', 'product_id', 'archived'])
      .select(
        sql<number | string>`(SELECT COUNT(*) FROM discount_redemptions
          JOIN charges ON charges.school_id = discount_redemptions.school_id AND charges.id = discount_redemptions.charge_id
          WHERE discount_redemptions.school_id = discounts.school_id AND discount_redemptions.discount_id = discounts.id AND ${stands})`.as(
          'uses',
        ),
      );
  }
}

type Row = Awaited<ReturnType<DiscountReader['discounts']['execute']>>[number];

function viewOf(row: Row): DiscountView {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    percentBp: row.percent_bp,
    amount: row.amount_minor === null ? null : Money.of(row.amount_minor, row.currency),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    maxUses: row.max_uses,
    maxUsesPerStudent: row.max_uses_per_student,
    productId: row.product_id,
    archived: row.archived,
    uses: Number(row.uses),
  };
}
