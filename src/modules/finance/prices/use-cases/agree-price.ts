import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../../../platform/audit/audit.js';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { StudentDirectory } from '../../../students/index.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { AgreedPrice } from '../domain/agreed-price.js';
import {
  AgreedPriceNotFound,
  AgreedPriceOverlaps,
  EndsBeforeItBegins,
  ProductNotFound,
} from '../domain/price-problems.js';
import type { PriceTables } from '../prices.tables.js';
import { AgreedPriceReader, type AgreedPriceView } from '../queries/agreed-price-reader.js';

export interface PriceAgreement {
  readonly studentId: Id;
  readonly productId: Id;
  readonly gross: Money;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
}

/** Agrees with a student on what a product costs him, or ends that. What was charged before keeps its price. */
@Injectable()
export class AgreePrice {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly reader: AgreedPriceReader,
    private readonly audit: Audit,
  ) {}

  /** @throws StudentNotFound | ProductNotFound | WrongCurrency | AmountNotPositive | EndsBeforeItBegins | AgreedPriceOverlaps */
  @Transaction()
  async agree(agreement: PriceAgreement): Promise<AgreedPriceView> {
    const { studentId, productId, gross, validFrom, validUntil } = agreement;
    await this.students.get(studentId);
    const { currency } = await this.sellers.terms();
    if (gross.currency !== currency) throw new WrongCurrency(currency, 'gross.currency');
    if (!gross.isPositive) throw new AmountNotPositive('gross');
    if (validUntil !== null && validUntil < validFrom) throw new EndsBeforeItBegins();
    await this.bump(productId);
    if (await this.overlaps(agreement)) throw new AgreedPriceOverlaps();
    const dates = { validFrom, validUntil, createdAt: this.clock.now() };
    const id = newId();
    const price = { id, schoolId: currentSchool(), studentId, productId, grossMinor: gross.amount, currency, ...dates };
    this.em.create(AgreedPrice, price);
    await this.em.flush();
    const details = { studentId, productId, validFrom, validUntil, ...gross.toJSON() };
    await this.audit.record({ action: 'agreed_price.agreed', subjectId: id, details });
    return this.reader.get(id);
  }

  /** @throws AgreedPriceNotFound */
  @Transaction()
  async remove(agreedPriceId: Id): Promise<void> {
    const { studentId, productId, gross } = await this.reader.get(agreedPriceId);
    const { numDeletedRows } = await globalQuery<PriceTables>(this.em)
      .deleteFrom('agreed_prices')
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(agreedPriceId))
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new AgreedPriceNotFound();
    const details = { studentId, productId, ...gross.toJSON() };
    await this.audit.record({ action: 'agreed_price.removed', subjectId: agreedPriceId, details });
  }

  /** Others who agree on this product's price wait from here on, and see ours. @throws ProductNotFound */
  private async bump(productId: Id): Promise<void> {
    const { numUpdatedRows } = await globalQuery<PriceTables>(this.em)
      .updateTable('products')
      .set({ revision: sql`revision + 1` })
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(productId))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new ProductNotFound();
  }

  private async overlaps({ studentId, productId, validFrom, validUntil }: PriceAgreement): Promise<boolean> {
    const others = schoolQuery<PriceTables>(this.em)
      .selectFrom('agreed_prices')
      .select('id')
      .where('student_id', '=', bin(studentId))
      .where('product_id', '=', bin(productId))
      .where((of) => of.or([of('valid_until', 'is', null), of('valid_until', '>=', validFrom)]));
    const overlapping = validUntil === null ? others : others.where('valid_from', '<=', validUntil);
    return (await overlapping.limit(1).execute()).length > 0;
  }
}
