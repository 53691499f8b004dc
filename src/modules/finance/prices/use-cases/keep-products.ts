import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { isDuplicateKey, Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { LessonTypeSoldAlready, ProductCodeTaken, ProductNotFound } from '../domain/price-problems.js';
import { type NewProduct, Product, type ProductChange } from '../domain/product.js';
import { ProductReader, type ProductView } from '../queries/product-reader.js';
import { ListingChanges, Scheduling } from '../../../schools/index.js';

/** Puts something on the price list, or changes what it is called and whether it is sold. */
@Injectable()
export class KeepProducts {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly reader: ProductReader,
    private readonly audit: Audit,
    private readonly listing: ListingChanges,
  ) {}

  /** @throws LessonTypeNotFound | ProductCodeTaken | LessonTypeSoldAlready */
  @Transaction()
  async add(details: NewProduct): Promise<ProductView> {
    if (details.lessonTypeId) await this.scheduling.lessonType(details.lessonTypeId);
    const product = Product.add(currentSchool(), details, this.clock.now());
    await this.em.persist(product).flush().catch(namingWhatIsTaken);
    await this.audit.record({ action: 'product.added', subjectId: product.id, details: { code: product.code } });
    return this.reader.get(product.id);
  }

  /** @throws ProductNotFound */
  @Transaction()
  async change(productId: Id, change: ProductChange): Promise<ProductView> {
    const product = await this.em.findOne(Product, { id: productId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!product) throw new ProductNotFound();
    await assertAsSeen(() => this.reader.get(productId));
    const fields = changedFields(product, change);
    product.change(change);
    await this.em.flush();
    await this.listing.touched();
    await this.audit.record({ action: 'product.updated', subjectId: productId, details: { fields } });
    return this.reader.get(productId);
  }
}

function namingWhatIsTaken(error: unknown): never {
  if (isDuplicateKey(error, 'products_code')) throw new ProductCodeTaken();
  throw isDuplicateKey(error, 'products_lesson_type') ? new LessonTypeSoldAlready() : error;
}
