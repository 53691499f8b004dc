import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { addDays, addMonths, atLocal, localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { StudentDirectory } from '../../../students/index.js';
import { Charges } from '../../charges.js';
import { Product } from '../../prices/domain/product.js';
import { PriceList } from '../../prices/queries/price-list.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PackageArchived, PackageNotFound, PackageTooCheap, PartWithoutPrice } from '../domain/package-problems.js';
import { Package, PackagePart } from '../domain/package.js';
import { shareByWeight } from '../domain/shares.js';
import { PackageUnit, SoldPackage } from '../domain/sold-package.js';

/** So many of one product, and what each of them costs. */
interface SoldPart {
  readonly product: Product;
  readonly list: Money;
  readonly vatRateBp: number;
  /** One for each, adding up to the part's share of the package's price. */
  readonly shares: readonly Money[];
}

/** Sells a package: each thing in it is a charge of its own, delivered when it is used, or when its last day has passed. */
@Injectable()
export class SellPackage {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly prices: PriceList,
    private readonly charges: Charges,
    private readonly audit: Audit,
  ) {}

  /** @returns the id of the sold package. @throws StudentNotFound | PackageNotFound | PackageArchived | PartWithoutPrice | PackageTooCheap */
  @Transaction()
  async execute(studentId: Id, packageId: Id): Promise<Id> {
    await this.students.get(studentId);
    const offered = await this.em.findOne(Package, { id: packageId }, { lockMode: LockMode.PESSIMISTIC_READ });
    if (!offered) throw new PackageNotFound();
    if (offered.archived) throw new PackageArchived();
    const { zone } = await this.sellers.terms();
    const today = localDate(this.clock.now(), zone);
    const parts = await this.parts(offered, studentId, today);
    const sold = this.create(offered, studentId, addMonths(today, offered.validMonths));
    await this.em.flush();
    const deliversAt = atLocal(addDays(sold.validUntil, 1), '00:00', zone);
    for (const part of parts) await this.add(sold, offered.name, part, deliversAt);
    const details = { studentId, packageId, amount: sold.priceMinor, currency: sold.currency };
    await this.audit.record({ action: 'sold_package.sold', subjectId: sold.id, details });
    return sold.id;
  }

  private async parts(offered: Package, studentId: Id, today: LocalDate): Promise<SoldPart[]> {
    const parts = await this.em.find(PackagePart, { packageId: offered.id }, { orderBy: { productId: 'asc' } });
    const ids = parts.map(({ productId }) => productId);
    const products = await this.em.find(Product, { id: { $in: ids } });
    const prices = await this.prices.ofProducts(ids, studentId);
    const priced = parts.map(({ productId, quantity }, index) => {
      const price = prices[index]!.on(today);
      if (!price) throw new PartWithoutPrice();
      return { product: products.find(({ id }) => id === productId)!, quantity, ...price };
    });
    const whole = Money.of(offered.priceMinor, offered.currency);
    const weights = priced.map(({ product, gross, quantity }) => ({
      key: product.id,
      weight: gross.times(quantity).amount,
    }));
    const shares = shareByWeight(whole, weights);
    return priced.map(({ product, quantity, gross: list, vatRateBp }) => {
      const each = shares.get(product.id)!.split(quantity);
      if (!each.at(-1)!.isPositive) throw new PackageTooCheap();
      return { product, list, vatRateBp, shares: each };
    });
  }

  private create(offered: Package, studentId: Id, validUntil: LocalDate): SoldPackage {
    return this.em.create(SoldPackage, {
      id: newId(),
      schoolId: currentSchool(),
      packageId: offered.id,
      buyerId: studentId,
      studentId,
      priceMinor: offered.priceMinor,
      currency: offered.currency,
      validUntil,
      state: 'active',
      createdAt: this.clock.now(),
      withdrawnAt: null,
    });
  }

  private async add(sold: SoldPackage, name: string, part: SoldPart, deliversAt: Date): Promise<void> {
    const { product, list, vatRateBp, shares } = part;
    const { schoolId, studentId, validUntil, id: soldPackageId } = sold;
    for (const [index, gross] of shares.entries()) {
      const id = newId();
      // What is dearer in the package than alone is set off at what it cost there.
      const listMinor = Math.max(list.amount, gross.amount);
      const of = { id, schoolId, soldPackageId, studentId, productId: product.id, validUntil };
      const worth = { listMinor, shareMinor: gross.amount, vatRateBp };
      const unused = { state: 'open' as const, bookingId: null, usedAt: null };
      this.em.create(PackageUnit, { ...of, lessonTypeId: product.lessonTypeId ?? null, ...worth, ...unused });
      const count = shares.length > 1 ? ` (${index + 1}/${shares.length})` : '';
      const what = { description: `${name}: ${product.name}${count}`, gross, vatRateBp, productId: product.id };
      await this.charges.record({ studentId, source: 'package', sourceId: id, ...what, deliversAt });
    }
    await this.em.flush();
  }
}
