import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, globalQuery } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate } from '../../../../platform/values/zone.js';
import { OwnStudents } from '../../../students/index.js';
import { Charge } from '../../domain/charge.js';
import { ChargeNotFound, ChargeNotOpen } from '../../domain/errors.js';
import { SellerReader } from '../../queries/seller-reader.js';
import {
  DiscountCodeUnknown,
  DiscountGivenAlready,
  DiscountNotForThis,
  DiscountNotValid,
  DiscountUsedUp,
  NoDiscountGiven,
} from '../domain/discount-problems.js';
import { Discount, DiscountRedemption } from '../domain/discount.js';
import type { DiscountTables } from '../discounts.tables.js';
import { DiscountReader } from '../queries/discount-reader.js';

/** What has a price of its own; a package’s parts are sold at the package’s, and fees are what was agreed. */
const discountable = ['booking', 'course', 'manual'];

/** Makes an open charge cheaper by a code, or takes that back. */
@Injectable()
export class RedeemDiscount {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: OwnStudents,
    private readonly sellers: SellerReader,
    private readonly reader: DiscountReader,
    private readonly audit: Audit,
  ) {}

  /**
   * @throws ChargeNotFound, also for somebody else's | DiscountCodeUnknown | DiscountNotValid | ChargeNotOpen | DiscountNotForThis |
   * DiscountGivenAlready | DiscountUsedUp | ChargeInInstalments | ChargeInPieces
   */
  @Transaction()
  async redeem(actor: Actor, chargeId: Id, code: string): Promise<void> {
    await this.checkOwn(actor, chargeId);
    const discount = await this.taken(code);
    const { zone } = await this.sellers.terms();
    const now = this.clock.now();
    if (!discount.isValidOn(localDate(now, zone))) throw new DiscountNotValid();
    const charge = await this.locked(chargeId);
    if (await this.em.findOne(DiscountRedemption, { chargeId }, { refresh: true })) throw new DiscountGivenAlready();
    if (charge.state !== 'open') throw new ChargeNotOpen();
    charge.assertWhole();
    if (!discountable.includes(charge.source)) throw new DiscountNotForThis();
    if (discount.productId && discount.productId !== charge.productId) throw new DiscountNotForThis();
    await this.checkUses(discount, charge.studentId);
    const off = discount.off(charge.gross);
    const coversAll = off.equals(charge.gross);
    const { id: discountId } = discount;
    const { schoolId, studentId } = charge;
    const deliversAt = coversAll ? (charge.deliversAt ?? null) : null;
    const given = { discountId, studentId, chargeId, amountMinor: off.amount, coversAll, deliversAt, redeemedAt: now };
    this.em.create(DiscountRedemption, { id: newId(), schoolId, ...given });
    if (coversAll) charge.void();
    else charge.reduce(off, suffixOf(discount, off));
    await this.em.flush();
    const details = { chargeId, studentId, ...off.toJSON() };
    await this.audit.record({ action: 'discount.redeemed', subjectId: discountId, details });
  }

  /**
   * The charge costs again what it did, unless what it is for was cancelled meanwhile: then it stays voided.
   * @throws ChargeNotFound | NoDiscountGiven | ChargeNotOpen | ChargeInInstalments | ChargeInPieces
   */
  @Transaction()
  async remove(chargeId: Id): Promise<void> {
    const charge = await this.locked(chargeId);
    const given = await this.em.findOne(DiscountRedemption, { chargeId }, { refresh: true });
    if (!given) throw new NoDiscountGiven();
    if (charge.state !== 'open' && !given.coversAll) throw new ChargeNotOpen();
    charge.assertWhole();
    const discount = await this.em.findOneOrFail(Discount, { id: given.discountId });
    const off = Money.of(given.amountMinor, charge.currency);
    if (given.coversAll) charge.reopen(given.deliversAt ?? null);
    else charge.restore(off, suffixOf(discount, off));
    await this.em.remove(given).flush();
    const details = { chargeId, studentId: charge.studentId, ...off.toJSON() };
    await this.audit.record({ action: 'discount.removed', subjectId: discount.id, details });
  }

  /** Says nothing of the code to whom the charge is none of his business. */
  private async checkOwn(actor: Actor, chargeId: Id): Promise<void> {
    const charge = await this.em.findOne(Charge, { id: chargeId });
    if (!charge || !(await this.students.includes(actor, charge.studentId))) throw new ChargeNotFound();
  }

  /** Whoever uses the same code waits from here on, and counts our use. @throws DiscountCodeUnknown */
  private async taken(typed: string): Promise<Discount> {
    const code = typed.toUpperCase();
    const { numUpdatedRows } = await globalQuery<DiscountTables>(this.em)
      .updateTable('discounts')
      .set({ revision: sql`revision + 1` })
      .where('school_id', '=', bin(currentSchool()))
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new DiscountCodeUnknown();
    return this.em.findOneOrFail(Discount, { code }, { refresh: true });
  }

  private async locked(id: Id): Promise<Charge> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const charge = await this.em.findOne(Charge, { id }, { lockMode, refresh: true });
    if (!charge) throw new ChargeNotFound();
    return charge;
  }

  private async checkUses({ id, maxUses, maxUsesPerStudent }: Discount, studentId: Id): Promise<void> {
    const isUsedUp =
      (typeof maxUses === 'number' && (await this.reader.uses(id)) >= maxUses) ||
      (typeof maxUsesPerStudent === 'number' && (await this.reader.uses(id, studentId)) >= maxUsesPerStudent);
    if (isUsedUp) throw new DiscountUsedUp();
  }
}

/** As on the invoice, where the law wants a discount to be seen. */
function suffixOf({ code }: Discount, off: Money): string {
  return ` (${code}: −${off.format('da')})`;
}
