import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { ProductArchived, ProductNotFound } from '../../prices/domain/price-problems.js';
import { Product } from '../../prices/domain/product.js';
import { PackageNotFound, PackageReplaced, PackageTooLarge, PartTwice } from '../domain/package-problems.js';
import { Package, PackagePart } from '../domain/package.js';
import { PackageReader, type PackageView } from '../queries/package-reader.js';
import { ListingChanges } from '../../../schools/index.js';

export interface PackageDetails {
  readonly name: string;
  readonly price: Money;
  readonly validMonths: number;
  readonly parts: readonly { readonly productId: Id; readonly quantity: number }[];
}

/** Each is a charge of its own when it is sold. */
const most = 100;

/** Puts together what is sold as one. It never changes after that: a new version takes its place, and what was sold stays what it was. */
@Injectable()
export class DefinePackage {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly reader: PackageReader,
    private readonly audit: Audit,
    private readonly listing: ListingChanges,
  ) {}

  /** @throws WrongCurrency | AmountNotPositive | PartTwice | PackageTooLarge | ProductNotFound | ProductArchived */
  @Transaction()
  async add(details: PackageDetails): Promise<PackageView> {
    const id = newId();
    return this.write({ id, familyId: id, version: 1 }, details);
  }

  /** @throws PackageNotFound | PackageReplaced | as add() does */
  @Transaction()
  async revise(packageId: Id, details: PackageDetails): Promise<PackageView> {
    const old = await this.locked(packageId);
    const newest = await this.em.findOneOrFail(Package, { familyId: old.familyId }, { orderBy: { version: 'desc' } });
    if (newest.id !== old.id) throw new PackageReplaced();
    old.archived = true;
    return this.write({ id: newId(), familyId: old.familyId, version: old.version + 1 }, details);
  }

  /** It is no longer sold; does nothing when it is not. @throws PackageNotFound */
  @Transaction()
  async archive(packageId: Id): Promise<PackageView> {
    const old = await this.locked(packageId);
    if (!old.archived) {
      old.archived = true;
      await this.em.flush();
      await this.listing.touched();
      await this.audit.record({ action: 'package.archived', subjectId: packageId });
    }
    return this.reader.get(packageId);
  }

  private async locked(id: Id): Promise<Package> {
    const found = await this.em.findOne(Package, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!found) throw new PackageNotFound();
    // Two who revise it wait for each other at its first version, which both lock.
    await this.em.findOneOrFail(Package, { id: found.familyId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    return found;
  }

  private async write(
    identity: Pick<Package, 'id' | 'familyId' | 'version'>,
    { name, price, validMonths, parts }: PackageDetails,
  ): Promise<PackageView> {
    await this.check(price, parts);
    const schoolId = currentSchool();
    const sold = { name, priceMinor: price.amount, currency: price.currency, validMonths };
    this.em.create(Package, { ...identity, schoolId, ...sold, archived: false, createdAt: this.clock.now() });
    await this.em.flush();
    for (const part of parts) this.em.create(PackagePart, { id: newId(), schoolId, packageId: identity.id, ...part });
    await this.em.flush();
    const details = { version: identity.version, ...price.toJSON() };
    await this.listing.touched();
    await this.audit.record({ action: 'package.defined', subjectId: identity.id, details });
    return this.reader.get(identity.id);
  }

  private async check(price: Money, parts: PackageDetails['parts']): Promise<void> {
    const { currency } = await this.sellers.terms();
    if (price.currency !== currency) throw new WrongCurrency(currency, 'price.currency');
    if (!price.isPositive) throw new AmountNotPositive('price');
    const ids = [...new Set(parts.map(({ productId }) => productId))];
    if (ids.length < parts.length) throw new PartTwice();
    if (parts.reduce((sum, { quantity }) => sum + quantity, 0) > most) throw new PackageTooLarge(most);
    const products = await this.em.find(Product, { id: { $in: ids } });
    if (products.length < ids.length) throw new ProductNotFound();
    if (products.some(({ archived }) => archived)) throw new ProductArchived();
  }
}
